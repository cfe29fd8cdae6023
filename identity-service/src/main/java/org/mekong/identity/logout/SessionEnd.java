package org.mekong.identity.logout;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.authorization.Grants;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.session.Session;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.subject.PairwiseNames;

/**
 * Ends browser sessions: what was issued in one is revoked, but what was asked for beyond its end
 * ({@code offline_access}), and its applications are told.
 */
@Singleton
public class SessionEnd {
  private final Sessions sessions;
  private final Clients clients;
  private final Revocations revocations;
  private final PairwiseNames names;
  private final Clock clock;

  SessionEnd(
      Sessions sessions,
      Clients clients,
      Revocations revocations,
      PairwiseNames names,
      Clock clock) {
    this.sessions = sessions;
    this.clients = clients;
    this.revocations = revocations;
    this.names = names;
    this.clock = clock;
  }

  /**
   * Ends a session with all that hangs on it, in the caller's transaction.
   *
   * @param reason a word for the journal, for example {@code signed-out}
   * @return false when it had ended before: then nothing is done
   */
  public boolean end(Transaction transaction, Session session, String reason) throws SQLException {
    if (!sessions.end(transaction.connection(), session.id())) {
      return false;
    }
    for (String id : Grants.clientsOf(transaction.connection(), session.id())) {
      Optional<Client> client = clients.find(transaction.connection(), id);
      if (client.isPresent() && client.get().signIn().backchannelLogoutUri().isPresent()) {
        LogoutNotices.add(
            transaction.connection(),
            new LogoutNotices.Notice(
                UUID.fromString(RequestId.next(clock)),
                id,
                names.subject(client.get(), session.accountId()),
                names.session(client.get(), session.id()),
                0),
            clock.instant());
      }
    }
    revocations.revokeSession(transaction, session.id(), reason);
    transaction.record(
        JournalEntry.ofToken(RequestId.current(), clock.instant())
            .with("act", "session_ended")
            .with("session", names.inJournal(session.id()))
            .with("reason", reason));
    return true;
  }
}
