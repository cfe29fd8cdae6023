package org.mekong.identity.officer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Role;

/** An account as it is answered: a citizen's without number and name. */
public record AccountView(
    UUID id,
    String kind,
    @Nullable String userName,
    @Nullable String name,
    @Nullable String agencyId,
    @Nullable String office,
    List<String> roles,
    String assurance,
    String status,
    int version,
    Instant createdAt) {
  static AccountView of(Account account) {
    return new AccountView(
        account.id(),
        account.kind().word(),
        account.userName().orElse(null),
        account.name().isEmpty() ? null : account.name(),
        account.agencyId().orElse(null),
        account.office().isEmpty() ? null : account.office(),
        account.roles().stream().map(Role::word).sorted().toList(),
        account.assurance().word(),
        account.status().word(),
        account.version(),
        account.createdAt());
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "AccountView[" + id + "]";
  }
}
