package org.mekong.identity.authorization;

import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.mekong.identity.Secrets;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.identity.interaction.Interactions;
import org.mekong.identity.interaction.Pushed;
import org.mekong.resourceserver.singleuse.AlreadyUsed;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.singleuse.SingleUse;

/**
 * The requests that clients pushed. Opening one does not use it up, as a person may reload a page
 * or come back to it; deciding on it does (FAPI 2.0 section 5.3.2.2).
 */
@Singleton
class PushedRequests {
  /** How long a request may be opened. */
  static final Duration LIFETIME = Duration.ofSeconds(300);

  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
  private static final String INSERT =
      "INSERT INTO pushed_request (digest, client_id, request, dpop_jkt, created_at, expires_at)"
          + " VALUES (?, ?, ?::jsonb, ?, ?, ?)";
  private static final String SELECT =
      "SELECT request, dpop_jkt, expires_at FROM pushed_request"
          + " WHERE digest = ? AND client_id = ? AND expires_at > ?";

  private final Interactions interactions;
  private final Clock clock;

  PushedRequests(Interactions interactions, Clock clock) {
    this.interactions = interactions;
    this.clock = clock;
  }

  /** Keeps a request, and makes the {@code request_uri} that it is opened by. */
  URI push(Connection connection, AskedFor asked, Optional<String> dpopJkt) throws SQLException {
    String requestUri = PREFIX + Secrets.next();
    Instant now = clock.instant();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setBytes(1, Secrets.digest(requestUri));
      insert.setString(2, asked.clientId());
      insert.setString(3, interactions.write(asked));
      insert.setString(4, dpopJkt.orElse(null));
      insert.setObject(5, utc(now));
      insert.setObject(6, utc(now.plus(LIFETIME)));
      insert.executeUpdate();
    }
    return URI.create(requestUri);
  }

  /** The request of a {@code request_uri}, if this client pushed it and its time is not over. */
  Optional<Pushed> find(Connection connection, String requestUri, String clientId)
      throws SQLException {
    byte[] digest = Secrets.digest(requestUri);
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setBytes(1, digest);
      select.setString(2, clientId);
      select.setObject(3, utc(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Pushed(
                    HexFormat.of().formatHex(digest),
                    interactions.read(row.getString("request")),
                    Optional.ofNullable(row.getString("dpop_jkt")),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  /**
   * Uses a request up, with everything that is under way for it.
   *
   * @throws AlreadyUsed when it was decided on before
   */
  void use(Connection connection, Pushed pushed) throws AlreadyUsed, SQLException {
    PostgresSingleUseStore.spend(
        connection,
        new SingleUse("request_uri", pushed.asked().clientId(), pushed.key()),
        clock.instant().plus(LIFETIME).plus(Interactions.LIFETIME));
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM pushed_request WHERE digest = ?")) {
      delete.setBytes(1, HexFormat.of().parseHex(pushed.key()));
      delete.executeUpdate();
    }
    interactions.end(connection, pushed);
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
