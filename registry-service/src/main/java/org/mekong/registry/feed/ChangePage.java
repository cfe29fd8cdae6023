package org.mekong.registry.feed;

import java.util.List;

/**
 * A page of the feed.
 *
 * @param next cursor of what follows; there is always one
 * @param more whether there is more to be had now
 */
public record ChangePage(List<ChangeView> changes, String next, boolean more) {
  public ChangePage {
    changes = List.copyOf(changes);
  }
}
