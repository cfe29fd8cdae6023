package org.mekong.identity.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.agency.Agency;

/** The registered clients. */
@Singleton
public class Clients {
  private static final TypeReference<List<LookupPermission>> PERMISSIONS = new TypeReference<>() {};
  private static final String SELECT =
      "SELECT c.id, c.name, c.jwks, c.scopes, c.resources, c.authorization_details, c.status,"
          + " c.valid_from, c.valid_until, c.created_at, a.id AS agency_id, a.name AS agency_name,"
          + " a.agency_class, a.contact, a.status AS agency_status,"
          + " a.created_at AS agency_created_at"
          + " FROM client c LEFT JOIN agency a ON a.id = c.agency_id";
  private static final String INSERT =
      "INSERT INTO client (id, agency_id, name, jwks, scopes, resources, authorization_details,"
          + " status, valid_from, valid_until, created_at, updated_at)"
          + " VALUES (?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (id) DO NOTHING";

  private final ObjectMapper json;

  Clients(ObjectMapper json) {
    this.json = json;
  }

  /** The client of an id, with its agency. */
  public Optional<Client> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE c.id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
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

  /** Clients whose ids come after one, in order. */
  List<Client> after(Connection connection, String id, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE c.id > ? ORDER BY c.id LIMIT ?")) {
      select.setString(1, id);
      select.setInt(2, limit);
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
      insert.setString(1, client.id());
      insert.setString(2, client.agency().map(Agency::id).orElse(null));
      insert.setString(3, client.name());
      insert.setString(4, client.keys().toString());
      insert.setArray(5, connection.createArrayOf("text", client.scopes().toArray()));
      insert.setArray(6, connection.createArrayOf("text", client.resources().toArray()));
      insert.setString(7, json.writeValueAsString(client.permissions()));
      insert.setString(8, client.status());
      insert.setObject(9, utc(client.validFrom()));
      insert.setObject(10, client.validUntil().map(Clients::utc).orElse(null));
      insert.setObject(11, utc(client.createdAt()));
      insert.setObject(12, utc(client.createdAt()));
      return insert.executeUpdate() == 1;
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
          JWKSet.parse(row.getString("jwks")),
          Set.of((String[]) row.getArray("scopes").getArray()),
          List.of((String[]) row.getArray("resources").getArray()),
          json.readValue(row.getString("authorization_details"), PERMISSIONS),
          row.getString("status"),
          row.getObject("valid_from", OffsetDateTime.class).toInstant(),
          Optional.ofNullable(instant(row, "valid_until")),
          row.getObject("created_at", OffsetDateTime.class).toInstant());
    } catch (ParseException | JsonProcessingException damaged) {
      throw new SQLException("a stored client is damaged", damaged);
    }
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
                row.getObject("agency_created_at", OffsetDateTime.class).toInstant()));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
