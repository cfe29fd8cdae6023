package org.mekong.gateway.administration.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some proposals, the oldest first.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(Include.NON_NULL)
public record PeerProposalPage(List<PeerProposal> items, @Nullable String next) {

  public PeerProposalPage {
    items = List.copyOf(items);
  }
}
