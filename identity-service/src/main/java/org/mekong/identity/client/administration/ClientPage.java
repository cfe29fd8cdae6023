package org.mekong.identity.client.administration;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.client.ClientView;

/**
 * A page of clients in the order of their ids.
 *
 * @param next cursor of the next page; absent at the end
 */
public record ClientPage(List<ClientView> items, @Nullable String next) {
  public ClientPage {
    items = List.copyOf(items);
  }
}
