package org.mekong.identity.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of proposals, the oldest first.
 *
 * @param initialSetup whether one administrator still does alone what takes two later
 * @param next cursor of the next page; absent at the end
 */
public record ProposalPage(boolean initialSetup, List<ProposalView> items, @Nullable String next) {
  public ProposalPage {
    items = List.copyOf(items);
  }
}
