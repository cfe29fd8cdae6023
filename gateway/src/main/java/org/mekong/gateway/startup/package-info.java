/** What must be right before this gateway serves: keys, transport, database role, peers. */
@NullMarked
package org.mekong.gateway.startup;

import org.jspecify.annotations.NullMarked;
