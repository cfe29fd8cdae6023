package org.mekong.identity.agency;

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
import java.util.regex.Pattern;

/** The registered agencies. */
public final class Agencies {
  private static final String COLUMNS =
      "id, name, agency_class, contact, status, version, created_at";

  /** What an id is. */
  public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

  private Agencies() {}

  /** The agency of an id; none of a text that is no id, which PostgreSQL might not take. */
  public static Optional<Agency> find(Connection connection, String id) throws SQLException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM agency WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** Agencies whose ids come after one, in order. */
  static List<Agency> after(Connection connection, String id, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM agency WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setString(1, id);
      select.setInt(2, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Agency> agencies = new ArrayList<>();
        while (rows.next()) {
          agencies.add(read(rows));
        }
        return agencies;
      }
    }
  }

  /** Adds an agency; false when its id is taken. */
  static boolean add(Connection connection, Agency agency) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO agency (id, name, agency_class, contact, status, created_at, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
      OffsetDateTime now = agency.createdAt().atOffset(ZoneOffset.UTC);
      insert.setString(1, agency.id());
      insert.setString(2, agency.name());
      insert.setString(3, agency.agencyClass());
      insert.setString(4, agency.contact());
      insert.setString(5, agency.status());
      insert.setObject(6, now);
      insert.setObject(7, now);
      return insert.executeUpdate() == 1;
    }
  }

  /**
   * Writes name, contact and status of an agency over the version that it names, and counts the
   * version on; false when it has another by now.
   */
  static boolean change(Connection connection, Agency agency, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE agency SET name = ?, contact = ?, status = ?, updated_at = ?,"
                + " version = version + 1 WHERE id = ? AND version = ?")) {
      update.setString(1, agency.name());
      update.setString(2, agency.contact());
      update.setString(3, agency.status());
      update.setObject(4, now.atOffset(ZoneOffset.UTC));
      update.setString(5, agency.id());
      update.setInt(6, agency.version());
      return update.executeUpdate() == 1;
    }
  }

  private static Agency read(ResultSet row) throws SQLException {
    return new Agency(
        row.getString("id"),
        row.getString("name"),
        row.getString("agency_class"),
        row.getString("contact"),
        row.getString("status"),
        row.getInt("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
