package org.mekong.identity.officer.named;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Role;
import org.mekong.identity.approval.NamedPeople;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.subject.PairwiseNames;

/**
 * Finds out which administrator a pairwise name means, by making the name of each: there are few,
 * and a name tells nothing by itself.
 */
@Singleton
class AdministratorNames implements NamedPeople {
  private static final int PAGE = 200;
  private final Accounts accounts;
  private final Clients clients;
  private final PairwiseNames names;

  AdministratorNames(Accounts accounts, Clients clients, PairwiseNames names) {
    this.accounts = accounts;
    this.clients = clients;
    this.names = names;
  }

  @Override
  public Optional<UUID> administrator(Connection connection, String clientId, String subject)
      throws SQLException {
    Optional<Client> client = clients.find(connection, clientId);
    UUID last = new UUID(0, 0);
    while (client.isPresent()) {
      List<Account> page = accounts.after(connection, Account.Kind.ADMINISTRATOR, last, PAGE);
      for (Account account : page) {
        if (account.active()
            && account.roles().contains(Role.IDENTITY_ADMINISTRATOR)
            && names.subject(client.get(), account.id()).equals(subject)) {
          return Optional.of(account.id());
        }
      }
      if (page.size() < PAGE) {
        break;
      }
      last = page.getLast().id();
    }
    return Optional.empty();
  }
}
