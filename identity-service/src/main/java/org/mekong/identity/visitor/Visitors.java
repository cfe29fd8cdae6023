package org.mekong.identity.visitor;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.session.Session;
import org.mekong.identity.session.Sessions;

/** Tells who sits at a browser. */
@Singleton
public class Visitors {
  private final Sessions sessions;
  private final Accounts accounts;

  Visitors(Sessions sessions, Accounts accounts) {
    this.sessions = sessions;
    this.accounts = accounts;
  }

  /** Who it is by the session's cookie. The session of an account that is closed ends here. */
  public Optional<Visitor> of(Connection connection, Optional<String> cookie) throws SQLException {
    Optional<Session> session = sessions.current(connection, cookie.orElse(null));
    if (session.isEmpty()) {
      return Optional.empty();
    }
    Optional<Account> account =
        accounts.byId(connection, session.get().accountId()).filter(Account::active);
    if (account.isEmpty()) {
      sessions.end(connection, session.get().id());
    }
    return account.map(active -> new Visitor(session.get(), active));
  }
}
