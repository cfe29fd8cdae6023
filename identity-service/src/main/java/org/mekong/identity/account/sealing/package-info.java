/** What of an account the database may hold but not read. */
@NullMarked
package org.mekong.identity.account.sealing;

import org.jspecify.annotations.NullMarked;
