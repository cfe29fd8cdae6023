/** Transactions on this gateway's own database, by plain JDBC. */
@NullMarked
package org.mekong.gateway.storage;

import org.jspecify.annotations.NullMarked;
