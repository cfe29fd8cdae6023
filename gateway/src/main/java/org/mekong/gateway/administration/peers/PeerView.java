package org.mekong.gateway.administration.peers;

import org.mekong.gateway.peer.KeptPeer;
import org.mekong.gateway.peer.PeerDescription;

/**
 * A peer, as administrators see it.
 *
 * @param version counts its changes, from 1
 * @param state {@code active}, or {@code suspended}: neither asked nor answered
 * @param source {@code configuration} while it follows that, else {@code administration}
 */
public record PeerView(
    String nation, int version, String state, String source, PeerDescription description) {

  static PeerView of(KeptPeer kept) {
    return new PeerView(
        String.valueOf(kept.description().nation()),
        kept.version(),
        kept.suspended() ? "suspended" : "active",
        kept.configured() ? "configuration" : "administration",
        kept.description());
  }
}
