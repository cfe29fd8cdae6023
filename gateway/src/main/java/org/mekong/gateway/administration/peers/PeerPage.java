package org.mekong.gateway.administration.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some peers, by nation code.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(Include.NON_NULL)
public record PeerPage(List<PeerView> items, @Nullable String next) {

  public PeerPage {
    items = List.copyOf(items);
  }
}
