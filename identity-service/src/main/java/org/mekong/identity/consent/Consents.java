package org.mekong.identity.consent;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.mekong.identity.Secrets;
import org.mekong.identity.interaction.AskedFor;
import org.mekong.log.entry.CanonicalJson;

/** What people allowed clients. It is remembered for half a year, and can be withdrawn. */
@Singleton
public class Consents {
  private static final Duration REMEMBERED = Duration.ofDays(180);
  private static final String SELECT =
      "SELECT scopes, details FROM consent WHERE account_id = ? AND client_id = ?"
          + " AND expires_at > ?";
  private static final String UPSERT =
      "INSERT INTO consent (account_id, client_id, scopes, details, given_at, expires_at,"
          + " authorization_details)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT (account_id, client_id) DO UPDATE"
          + " SET scopes = excluded.scopes, details = excluded.details,"
          + " authorization_details = excluded.authorization_details,"
          + " given_at = excluded.given_at, expires_at = excluded.expires_at";

  private final Clock clock;

  Consents(Clock clock) {
    this.clock = clock;
  }

  /** Whether somebody allowed a client all that it asks for, when they were last asked. */
  public boolean cover(Connection connection, UUID accountId, AskedFor asked) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, accountId);
      select.setString(2, asked.clientId());
      select.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            && texts(row, "scopes").containsAll(asked.scopes())
            && texts(row, "details").containsAll(digests(asked.details()));
      }
    }
  }

  /** Remembers what somebody allows a client, in place of what they allowed it before. */
  void give(Connection connection, UUID accountId, AskedFor asked) throws SQLException {
    Instant now = clock.instant();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setObject(1, accountId);
      upsert.setString(2, asked.clientId());
      upsert.setArray(3, connection.createArrayOf("text", asked.scopes().toArray()));
      upsert.setArray(4, connection.createArrayOf("text", digests(asked.details()).toArray()));
      upsert.setObject(5, now.atOffset(ZoneOffset.UTC));
      upsert.setObject(6, now.plus(REMEMBERED).atOffset(ZoneOffset.UTC));
      upsert.setString(7, AuthorizationDetail.toJSONArray(asked.details()).toString());
      upsert.executeUpdate();
    }
  }

  /**
   * What somebody allows a client.
   *
   * @param expiresAt until when they are not asked again
   */
  public record Given(
      String clientId,
      List<String> scopes,
      List<AuthorizationDetail> details,
      Instant givenAt,
      Instant expiresAt) {
    public Given {
      scopes = List.copyOf(scopes);
      details = List.copyOf(details);
    }
  }

  /** All that somebody allows, the newest first. */
  public List<Given> of(Connection connection, UUID accountId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT client_id, scopes, authorization_details, given_at, expires_at FROM consent"
                + " WHERE account_id = ? AND expires_at > ? ORDER BY given_at DESC, client_id")) {
      select.setObject(1, accountId);
      select.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        List<Given> given = new ArrayList<>();
        while (row.next()) {
          given.add(
              new Given(
                  row.getString("client_id"),
                  List.of((String[]) row.getArray("scopes").getArray()),
                  details(row.getString("authorization_details")),
                  row.getObject("given_at", OffsetDateTime.class).toInstant(),
                  row.getObject("expires_at", OffsetDateTime.class).toInstant()));
        }
        return given;
      }
    }
  }

  private static List<AuthorizationDetail> details(String json) throws SQLException {
    try {
      return json.equals("[]") ? List.of() : AuthorizationDetail.parseList(json);
    } catch (ParseException damaged) {
      throw new SQLException("a stored consent is damaged", damaged);
    }
  }

  /** Forgets what somebody allowed a client; false when there was nothing. */
  public boolean withdraw(Connection connection, UUID accountId, String clientId)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM consent WHERE account_id = ? AND client_id = ?")) {
      delete.setObject(1, accountId);
      delete.setString(2, clientId);
      return delete.executeUpdate() == 1;
    }
  }

  private static Set<String> texts(ResultSet row, String column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }

  private static Collection<String> digests(List<AuthorizationDetail> details) {
    return details.stream()
        .map(detail -> CanonicalJson.write(detail.toJSONObject()))
        .map(bytes -> Secrets.digest(new String(bytes, StandardCharsets.UTF_8)))
        .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
        .distinct()
        .toList();
  }
}
