package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The grants that people gave. */
public final class Grants {
  private static final String SELECT =
      "SELECT id, client_id, account_id, session_id, scopes, authorization_details, resources,"
          + " claims, redirect_uri, nonce, code_challenge, dpop_jkt, acr, amr, auth_time,"
          + " expires_at, code_expires_at FROM authorization_grant";
  private static final String INSERT =
      "INSERT INTO authorization_grant (id, client_id, account_id, session_id, scopes,"
          + " authorization_details, resources, claims, redirect_uri, nonce, code_challenge,"
          + " dpop_jkt, acr, amr, auth_time, expires_at, code_digest, code_expires_at, created_at)"
          + " VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private Grants() {}

  /** A grant with the end of its code. */
  record Coded(AuthorizationGrant grant, Instant codeExpiresAt) {}

  /** The grant of an id. */
  public static Optional<AuthorizationGrant> find(Connection connection, UUID id)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE id = ?")) {
      select.setObject(1, id);
      return one(select).map(Coded::grant);
    }
  }

  /** The clients that a person went to in a browser session, each once, in order. */
  public static List<String> clientsOf(Connection connection, UUID sessionId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT client_id FROM authorization_grant WHERE session_id = ?"
                + " ORDER BY client_id")) {
      select.setObject(1, sessionId);
      try (ResultSet rows = select.executeQuery()) {
        List<String> clients = new ArrayList<>();
        while (rows.next()) {
          clients.add(rows.getString(1));
        }
        return clients;
      }
    }
  }

  static Optional<Coded> ofCode(Connection connection, byte[] digest) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE code_digest = ?")) {
      select.setBytes(1, digest);
      return one(select);
    }
  }

  static void add(
      Connection connection,
      AuthorizationGrant grant,
      byte[] codeDigest,
      Instant now,
      Instant codeExpiresAt)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, grant.id());
      insert.setString(2, grant.clientId());
      insert.setObject(3, grant.accountId());
      insert.setObject(4, grant.sessionId());
      insert.setArray(5, connection.createArrayOf("text", grant.scopes().toArray()));
      insert.setString(6, AuthorizationDetail.toJSONArray(grant.authorizationDetails()).toString());
      insert.setArray(7, connection.createArrayOf("text", grant.resources().toArray()));
      insert.setString(8, grant.claims().orElse(null));
      insert.setString(9, grant.redirectUri());
      insert.setString(10, grant.nonce().orElse(null));
      insert.setString(11, grant.codeChallenge());
      insert.setString(12, grant.dpopJkt().orElse(null));
      insert.setString(13, grant.acr());
      insert.setArray(14, connection.createArrayOf("text", grant.amr().toArray()));
      insert.setObject(15, grant.authTime().atOffset(ZoneOffset.UTC));
      insert.setObject(16, grant.expiresAt().atOffset(ZoneOffset.UTC));
      insert.setBytes(17, codeDigest);
      insert.setObject(18, codeExpiresAt.atOffset(ZoneOffset.UTC));
      insert.setObject(19, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  private static Optional<Coded> one(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  private static Coded read(ResultSet row) throws SQLException {
    AuthorizationGrant grant =
        new AuthorizationGrant(
            row.getObject("id", UUID.class),
            row.getString("client_id"),
            row.getObject("account_id", UUID.class),
            row.getObject("session_id", UUID.class),
            Set.of((String[]) row.getArray("scopes").getArray()),
            details(row.getString("authorization_details")),
            List.of((String[]) row.getArray("resources").getArray()),
            Optional.ofNullable(row.getString("claims")),
            row.getString("redirect_uri"),
            Optional.ofNullable(row.getString("nonce")),
            row.getString("code_challenge"),
            Optional.ofNullable(row.getString("dpop_jkt")),
            row.getString("acr"),
            List.of((String[]) row.getArray("amr").getArray()),
            instant(row, "auth_time"),
            instant(row, "expires_at"));
    return new Coded(grant, instant(row, "code_expires_at"));
  }

  private static List<AuthorizationDetail> details(String json) throws SQLException {
    try {
      return json.equals("[]") ? List.of() : AuthorizationDetail.parseList(json);
    } catch (ParseException damaged) {
      throw new SQLException("a stored grant is damaged", damaged);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
