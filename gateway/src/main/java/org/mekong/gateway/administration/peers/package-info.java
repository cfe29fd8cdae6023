/**
 * Peers as administrators handle them: one proposes what is to be pinned of another nation's
 * gateway, another approves it. Suspending one does alone.
 */
@NullMarked
package org.mekong.gateway.administration.peers;

import org.jspecify.annotations.NullMarked;
