package org.mekong.identity.agency;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of agencies in the order of their ids.
 *
 * @param next cursor of the next page; absent at the end
 */
public record AgencyPage(List<AgencyView> items, @Nullable String next) {
  public AgencyPage {
    items = List.copyOf(items);
  }
}
