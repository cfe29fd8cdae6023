package org.mekong.identity.session;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.Secrets;
import org.mekong.identity.access.RequestId;

/** The browser sessions, found by the digest of their cookie. */
@Singleton
public class Sessions {
  /** Name of the cookie; the prefix holds it to this host, https and the whole path. */
  public static final String COOKIE = "__Host-mekong-session";

  private static final String COLUMNS =
      "id, account_id, acr, amr, auth_time, created_at, expires_at";
  private static final String TOUCH =
      "UPDATE browser_session SET seen_at = ? WHERE secret_digest = ? AND ended_at IS NULL"
          + " AND expires_at > ? AND seen_at > ? RETURNING "
          + COLUMNS;
  private static final String INSERT =
      "INSERT INTO browser_session (id, secret_digest, account_id, acr, amr, auth_time, created_at,"
          + " seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING "
          + COLUMNS;
  private static final String RENEW =
      "UPDATE browser_session SET secret_digest = ?, acr = ?, amr = ?, auth_time = ?, seen_at = ?"
          + " WHERE id = ? AND ended_at IS NULL RETURNING "
          + COLUMNS;
  private static final String END =
      "UPDATE browser_session SET ended_at = ? WHERE id = ? AND ended_at IS NULL";

  private final SessionConfig config;
  private final Clock clock;

  Sessions(SessionConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * A session with the secret that its cookie carries from now on.
   *
   * @param secret for the cookie, and for nothing else
   */
  public record Opened(Session session, String secret) {
    /** Value of the {@code Set-Cookie} header. */
    public String cookie() {
      return COOKIE + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    }

    @Override
    public String toString() {
      return "Opened[" + session.id() + "]";
    }
  }

  /** Value of the {@code Set-Cookie} header that takes the cookie away. */
  public static String clearedCookie() {
    return COOKIE + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
  }

  /** The session of a cookie's value, if it lasts still; this is a use of it. */
  public Optional<Session> current(Connection connection, @Nullable String secret)
      throws SQLException {
    if (secret == null || secret.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    try (PreparedStatement touch = connection.prepareStatement(TOUCH)) {
      touch.setObject(1, utc(now));
      touch.setBytes(2, Secrets.digest(secret));
      touch.setObject(3, utc(now));
      touch.setObject(4, utc(now.minus(config.idle())));
      return one(touch);
    }
  }

  /**
   * Opens a session for somebody who has just signed in. The session that the browser had goes on
   * under a new secret when it is theirs, and ends when it is another's.
   */
  public Opened open(
      Connection connection, Optional<Session> before, UUID accountId, String acr, List<String> amr)
      throws SQLException {
    if (before.isPresent() && !before.get().accountId().equals(accountId)) {
      end(connection, before.get().id());
    } else if (before.isPresent()) {
      Optional<Opened> renewed = renew(connection, before.get().id(), acr, amr);
      if (renewed.isPresent()) {
        return renewed.get();
      }
    }
    return begin(connection, accountId, acr, amr);
  }

  private Opened begin(Connection connection, UUID accountId, String acr, List<String> amr)
      throws SQLException {
    String secret = Secrets.next();
    Instant now = clock.instant();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, UUID.fromString(RequestId.next(clock)));
      insert.setBytes(2, Secrets.digest(secret));
      insert.setObject(3, accountId);
      insert.setString(4, acr);
      insert.setArray(5, connection.createArrayOf("text", amr.toArray()));
      insert.setObject(6, utc(now.truncatedTo(ChronoUnit.SECONDS)));
      insert.setObject(7, utc(now));
      insert.setObject(8, utc(now));
      insert.setObject(9, utc(now.plus(config.longest())));
      return new Opened(one(insert).orElseThrow(), secret);
    }
  }

  private Optional<Opened> renew(Connection connection, UUID id, String acr, List<String> amr)
      throws SQLException {
    String secret = Secrets.next();
    Instant now = clock.instant();
    try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
      renew.setBytes(1, Secrets.digest(secret));
      renew.setString(2, acr);
      renew.setArray(3, connection.createArrayOf("text", amr.toArray()));
      renew.setObject(4, utc(now.truncatedTo(ChronoUnit.SECONDS)));
      renew.setObject(5, utc(now));
      renew.setObject(6, id);
      return one(renew).map(session -> new Opened(session, secret));
    }
  }

  /** The session of an id, if it has not ended. */
  public Optional<Session> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM browser_session WHERE id = ? AND ended_at IS NULL AND expires_at > ?")) {
      select.setObject(1, id);
      select.setObject(2, utc(clock.instant()));
      return one(select);
    }
  }

  /** The sessions of a person that last still, newest first. */
  public List<Session> of(Connection connection, UUID accountId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM browser_session WHERE account_id = ? AND ended_at IS NULL"
                + " AND expires_at > ? AND seen_at > ? ORDER BY created_at DESC LIMIT 200")) {
      Instant now = clock.instant();
      select.setObject(1, accountId);
      select.setObject(2, utc(now));
      select.setObject(3, utc(now.minus(config.idle())));
      try (ResultSet rows = select.executeQuery()) {
        List<Session> sessions = new ArrayList<>();
        while (rows.next()) {
          sessions.add(read(rows));
        }
        return sessions;
      }
    }
  }

  /** Ends a session; false when it had ended before. */
  public boolean end(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END)) {
      end.setObject(1, utc(clock.instant()));
      end.setObject(2, id);
      return end.executeUpdate() == 1;
    }
  }

  private static Optional<Session> one(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  private static Session read(ResultSet row) throws SQLException {
    return new Session(
        row.getObject("id", UUID.class),
        row.getObject("account_id", UUID.class),
        row.getString("acr"),
        List.of((String[]) row.getArray("amr").getArray()),
        instant(row, "auth_time"),
        instant(row, "created_at"),
        instant(row, "expires_at"));
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
