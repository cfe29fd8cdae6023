package org.mekong.identity.issued;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/**
 * Revokes grants, with every token that came of them or may still come, and single access tokens. A
 * revoked grant stays known until nothing of it could be good anyway, so that a token issued at the
 * same moment is of no use either.
 */
@Singleton
public class Revocations {
  /** How long anything that comes of a grant may live. */
  public static final Duration LONGEST_GRANT = Duration.ofDays(90);

  private static final String REVOKE =
      "INSERT INTO revoked_grant (grant_id, revoked_at, forget_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (grant_id) DO NOTHING";
  private static final String REVOKE_TOKEN =
      "INSERT INTO revoked_token (jti, revoked_at, forget_at) VALUES (?, ?, ?)"
          + " ON CONFLICT (jti) DO NOTHING";
  private static final String FORGET_REFRESH_TOKENS =
      "DELETE FROM refresh_token WHERE grant_id = ?";

  private final Journal journal;
  private final Clock clock;

  Revocations(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Revokes a grant in a transaction of its own. Revoking again changes nothing. */
  public void revokeGrant(UUID grant) {
    journal.transact(
        transaction -> {
          revokeGrant(transaction, grant, "asked");
          return grant;
        });
  }

  /**
   * Revokes a grant in the caller's transaction, with an entry in the journal.
   *
   * @param reason a word for the journal, for example {@code code-reused}
   */
  public void revokeGrant(Transaction transaction, UUID grant, String reason) throws SQLException {
    Instant now = clock.instant();
    try (PreparedStatement insert = transaction.connection().prepareStatement(REVOKE)) {
      insert.setObject(1, grant);
      insert.setObject(2, utc(now));
      insert.setObject(3, utc(now.plus(LONGEST_GRANT)));
      if (insert.executeUpdate() == 0) {
        return;
      }
    }
    try (PreparedStatement delete =
        transaction.connection().prepareStatement(FORGET_REFRESH_TOKENS)) {
      delete.setObject(1, grant);
      delete.executeUpdate();
    }
    transaction.record(
        JournalEntry.ofToken(RequestId.current(), now)
            .with("act", "grant_revoked")
            .with("grant", grant.toString())
            .with("reason", reason));
  }

  /**
   * Revokes every grant that was made in a browser session, but those for {@code offline_access}
   * (Back-Channel Logout section 2.7).
   */
  public void revokeSession(Transaction transaction, UUID session, String reason)
      throws SQLException {
    revokeAll(
        transaction, "session_id = ? AND NOT 'offline_access' = ANY (scopes)", session, reason);
  }

  /** Revokes every grant of an account. */
  public void revokeAccount(Transaction transaction, UUID account, String reason)
      throws SQLException {
    revokeAll(transaction, "account_id = ?", account, reason);
  }

  /** Revokes every grant that somebody gave a client and that lasts still. */
  public void revokeConsent(Transaction transaction, UUID account, String clientId, String reason)
      throws SQLException {
    revokeAll(
        transaction,
        "account_id = ? AND client_id = ? AND expires_at > now()",
        List.of(account, clientId),
        reason);
  }

  private void revokeAll(Transaction transaction, String whose, UUID owner, String reason)
      throws SQLException {
    revokeAll(transaction, whose, List.<Object>of(owner), reason);
  }

  private void revokeAll(Transaction transaction, String whose, List<?> keys, String reason)
      throws SQLException {
    List<UUID> grants = new ArrayList<>();
    try (PreparedStatement select =
        transaction
            .connection()
            .prepareStatement("SELECT id FROM authorization_grant WHERE " + whose)) {
      for (int i = 0; i < keys.size(); i++) {
        select.setObject(i + 1, keys.get(i));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          grants.add(rows.getObject(1, UUID.class));
        }
      }
    }
    for (UUID grant : grants) {
      revokeGrant(transaction, grant, reason);
    }
  }

  /**
   * Revokes one access token.
   *
   * @param expiry when it would have ended by itself
   */
  public void revokeToken(Transaction transaction, String jti, Instant expiry) throws SQLException {
    Instant now = clock.instant();
    try (PreparedStatement insert = transaction.connection().prepareStatement(REVOKE_TOKEN)) {
      insert.setString(1, jti);
      insert.setObject(2, utc(now));
      insert.setObject(3, utc(expiry.plus(Duration.ofMinutes(1))));
      insert.executeUpdate();
    }
  }

  /** Whether a grant was revoked. */
  public static boolean revoked(Connection connection, UUID grant) throws SQLException {
    return exists(connection, "SELECT 1 FROM revoked_grant WHERE grant_id = ?", grant);
  }

  /** Whether an access token was revoked by itself. */
  public static boolean revoked(Connection connection, String jti) throws SQLException {
    return exists(connection, "SELECT 1 FROM revoked_token WHERE jti = ?", jti);
  }

  private static boolean exists(Connection connection, String query, Object key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Forgets what could not be good any more anyway; replicas may do so together. */
  public void forget(Connection connection, Instant before) throws SQLException {
    for (String delete :
        List.of(
            "DELETE FROM revoked_grant WHERE forget_at < ?",
            "DELETE FROM revoked_token WHERE forget_at < ?",
            "DELETE FROM refresh_token WHERE expires_at < ?")) {
      try (PreparedStatement statement = connection.prepareStatement(delete)) {
        statement.setObject(1, utc(before));
        statement.executeUpdate();
      }
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
