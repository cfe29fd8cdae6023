package org.mekong.identity.issued;

import com.nimbusds.oauth2.sdk.token.RefreshToken;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.Secrets;
import org.mekong.identity.authorization.AuthorizationGrant;

/**
 * Refresh tokens: 256 random bits for one client and one grant, good as often as the client proves
 * who it is until the grant ends (FAPI 2.0 section 5.3.2.1: no rotation). Only digests are kept.
 */
@Singleton
public class RefreshTokens {
  private static final int BYTES = 32;
  private final Clock clock;

  RefreshTokens(Clock clock) {
    this.clock = clock;
  }

  /** Makes a refresh token; it counts when the transaction commits. */
  public String issue(Connection connection, AuthorizationGrant grant) throws SQLException {
    RefreshToken token = new RefreshToken(BYTES);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO refresh_token (digest, grant_id, client_id, issued_at, expires_at)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setBytes(1, Secrets.digest(token.getValue()));
      insert.setObject(2, grant.id());
      insert.setString(3, grant.clientId());
      insert.setObject(4, utc(clock.instant()));
      insert.setObject(5, utc(grant.expiresAt()));
      insert.executeUpdate();
    }
    return token.getValue();
  }

  /**
   * The grant of a client's refresh token; empty when it is another's, over or revoked.
   *
   * @param token whatever a client sent
   */
  public Optional<UUID> grantOf(Connection connection, String token, String clientId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT grant_id FROM refresh_token"
                + " WHERE digest = ? AND client_id = ? AND expires_at > ?")) {
      select.setBytes(1, Secrets.digest(token));
      select.setString(2, clientId);
      select.setObject(3, utc(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
