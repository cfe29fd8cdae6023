package org.mekong.identity.officer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of accounts in the order of their ids: the oldest first.
 *
 * @param next cursor of the next page; absent at the end
 */
public record AccountPage(List<AccountView> items, @Nullable String next) {
  public AccountPage {
    items = List.copyOf(items);
  }
}
