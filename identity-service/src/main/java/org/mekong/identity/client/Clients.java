package org.mekong.identity.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.agency.Agency;
import org.mekong.identity.journal.Transaction;

/** The registered clients. */
@Singleton
public class Clients {
  private static final TypeReference<List<LookupPermission>> PERMISSIONS = new TypeReference<>() {};
  private static final String SELECT =
      "SELECT c.id, c.name, c.token_endpoint_auth_method, c.jwks, c.jwks_uri,"
          + " c.tls_client_auth_subject, c.grant_types, c.scopes, c.resources,"
          + " c.authorization_details, c.redirect_uris, c.post_logout_redirect_uris,"
          + " c.backchannel_logout_uri, c.id_token_alg, c.quotas, c.contacts, c.holder, c.status,"
          + " c.valid_from, c.valid_until, c.version, c.created_at, a.id AS agency_id,"
          + " a.name AS agency_name, a.agency_class, a.contact, a.status AS agency_status,"
          + " a.version AS agency_version, a.created_at AS agency_created_at,"
          + " c.xmin::text AS client_state, coalesce(a.xmin::text, '') AS agency_state"
          + " FROM client c LEFT JOIN agency a ON a.id = c.agency_id";
  private static final String INSERT =
      "INSERT INTO client (agency_id, name, token_endpoint_auth_method, jwks, jwks_uri,"
          + " tls_client_auth_subject, grant_types, scopes, resources, authorization_details,"
          + " redirect_uris, post_logout_redirect_uris, backchannel_logout_uri, id_token_alg,"
          + " quotas, contacts, holder, status, valid_from, valid_until, updated_at, id,"
          + " created_at) VALUES (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?,"
          + " ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";
  private static final String UPDATE =
      "UPDATE client SET agency_id = ?, name = ?, token_endpoint_auth_method = ?, jwks = ?::jsonb,"
          + " jwks_uri = ?, tls_client_auth_subject = ?, grant_types = ?, scopes = ?,"
          + " resources = ?, authorization_details = ?::jsonb, redirect_uris = ?,"
          + " post_logout_redirect_uris = ?, backchannel_logout_uri = ?, id_token_alg = ?,"
          + " quotas = ?::jsonb, contacts = ?, holder = ?, status = ?, valid_from = ?,"
          + " valid_until = ?, updated_at = ?, version = version + 1 WHERE id = ? AND version = ?";
  private static final int ID = 22;

  private final ObjectMapper json;
  private final RememberedClients remembered = new RememberedClients();

  Clients(ObjectMapper json) {
    this.json = json;
  }

  /**
   * The client of an id, with its agency. A deed that is to be done at once gets it as it was seen
   * last, and counts only if it is still so.
   */
  public Optional<Client> find(Transaction transaction, String id) throws SQLException {
    return transaction.isAtOnce()
        ? remembered.find(transaction, id)
        : find(transaction.connection(), id);
  }

  /** The client of an id, with its agency. */
  public Optional<Client> find(Connection connection, String id) throws SQLException {
    if (!RegisterClient.ID.matcher(id).matches()) {
      return Optional.empty(); // PostgreSQL might not take such a text
    }
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE c.id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Client client = read(row);
        remembered.keep(client, row.getString("client_state"), row.getString("agency_state"));
        return Optional.of(client);
      }
    }
  }

  /** Whether no client is registered. */
  public boolean none(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT NOT EXISTS (SELECT 1 FROM client)");
        ResultSet row = select.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Clients whose ids come after one, in order; of an agency, where one is given. */
  public List<Client> after(Connection connection, String id, @Nullable String agency, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + " WHERE c.id > ? AND (?::text IS NULL OR c.agency_id = ?)"
                + " ORDER BY c.id LIMIT ?")) {
      select.setString(1, id);
      select.setString(2, agency);
      select.setString(3, agency);
      select.setInt(4, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Client> clients = new ArrayList<>();
        while (rows.next()) {
          clients.add(read(rows));
        }
        return clients;
      }
    }
  }

  /** Adds a client; false when its id is taken. */
  public boolean add(Connection connection, Client client) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      set(connection, insert, client, client.createdAt());
      insert.setString(ID, client.id());
      insert.setObject(ID + 1, utc(client.createdAt()));
      return insert.executeUpdate() == 1;
    }
  }

  /**
   * Writes a client over the version that it names, and counts the version on; false when it has
   * another by now.
   */
  public boolean change(Connection connection, Client client, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      set(connection, update, client, now);
      update.setString(ID, client.id());
      update.setInt(ID + 1, client.version());
      return update.executeUpdate() == 1;
    }
  }

  /** Suspends the systems of an administrator; their ids. */
  public List<String> suspendHeldBy(Connection connection, UUID holder, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE client SET status = 'suspended', version = version + 1, updated_at = ?"
                + " WHERE holder = ? AND status = 'active' RETURNING id")) {
      update.setObject(1, utc(now));
      update.setObject(2, holder);
      try (ResultSet rows = update.executeQuery()) {
        List<String> ids = new ArrayList<>();
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
        return ids;
      }
    }
  }

  private void set(Connection connection, PreparedStatement to, Client client, Instant now)
      throws SQLException {
    to.setString(1, client.agency().map(Agency::id).orElse(null));
    to.setString(2, client.name());
    to.setString(3, client.identity().method());
    to.setString(4, client.keys().toString());
    to.setString(5, client.identity().jwksUri().map(URI::toString).orElse(null));
    to.setString(6, client.identity().tlsSubject().orElse(null));
    to.setArray(7, texts(connection, client.grantTypes()));
    to.setArray(8, texts(connection, client.scopes()));
    to.setArray(9, texts(connection, client.resources()));
    to.setString(10, written(client.permissions()));
    to.setArray(11, texts(connection, client.signIn().redirectUris()));
    to.setArray(12, texts(connection, client.signIn().postLogoutRedirectUris()));
    to.setString(13, client.signIn().backchannelLogoutUri().map(URI::toString).orElse(null));
    to.setString(14, client.signIn().idTokenAlgorithm());
    to.setString(15, written(client.quotas()));
    to.setArray(16, texts(connection, client.contacts()));
    to.setObject(17, client.holder().orElse(null));
    to.setString(18, client.status());
    to.setObject(19, utc(client.validFrom()));
    to.setObject(20, client.validUntil().map(Clients::utc).orElse(null));
    to.setObject(21, utc(now));
  }

  private static java.sql.Array texts(Connection connection, Collection<?> values)
      throws SQLException {
    return connection.createArrayOf("text", values.stream().map(Object::toString).toArray());
  }

  private String written(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a record of our own", impossible);
    }
  }

  private Client read(ResultSet row) throws SQLException {
    try {
      return new Client(
          row.getString("id"),
          agency(row),
          row.getString("name"),
          identity(row),
          Set.of(texts(row, "grant_types")),
          Set.of(texts(row, "scopes")),
          List.of(texts(row, "resources")),
          json.readValue(row.getString("authorization_details"), PERMISSIONS),
          new SignInSettings(
              uris(row, "redirect_uris"),
              uris(row, "post_logout_redirect_uris"),
              uri(row, "backchannel_logout_uri"),
              row.getString("id_token_alg")),
          json.readValue(row.getString("quotas"), Quotas.class),
          List.of(texts(row, "contacts")),
          Optional.ofNullable(row.getObject("holder", UUID.class)),
          row.getString("status"),
          row.getObject("valid_from", OffsetDateTime.class).toInstant(),
          Optional.ofNullable(instant(row, "valid_until")),
          row.getInt("version"),
          row.getObject("created_at", OffsetDateTime.class).toInstant());
    } catch (ParseException | JsonProcessingException damaged) {
      throw new SQLException("a stored client is damaged", damaged);
    }
  }

  private static ClientIdentity identity(ResultSet row) throws SQLException, ParseException {
    return new ClientIdentity(
        row.getString("token_endpoint_auth_method"),
        JWKSet.parse(row.getString("jwks")),
        uri(row, "jwks_uri"),
        Optional.ofNullable(row.getString("tls_client_auth_subject")));
  }

  private static Optional<Agency> agency(ResultSet row) throws SQLException {
    String id = row.getString("agency_id");
    return id == null
        ? Optional.empty()
        : Optional.of(
            new Agency(
                id,
                row.getString("agency_name"),
                row.getString("agency_class"),
                row.getString("contact"),
                row.getString("agency_status"),
                row.getInt("agency_version"),
                row.getObject("agency_created_at", OffsetDateTime.class).toInstant()));
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }

  private static List<URI> uris(ResultSet row, String column) throws SQLException {
    return Arrays.stream(texts(row, column)).map(URI::create).toList();
  }

  private static Optional<URI> uri(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(URI::create);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
