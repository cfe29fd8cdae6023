package org.mekong.gateway.administration.peers;

import java.util.List;
import org.mekong.gateway.exchange.past.PeerFork;

/** The newest forks of a peer's logs. */
public record PeerForkPage(List<PeerFork> items) {

  public PeerForkPage {
    items = List.copyOf(items);
  }
}
