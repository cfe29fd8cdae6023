package org.mekong.registry.bulk.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code bulk_export}, and whom an export is about. Works in the caller's transaction.
 */
@ApplicationScoped
class Exports {

  /** Rows looked at for a page, so that a narrow filter costs no more than a wide one. */
  private static final int LOOKED_AT = 20_000;

  private static final String ADD =
      "insert into bulk_export (export_id, caller, purpose, legal_basis, fields, filter, given,"
          + " state, created_at, expires_at) values (?, ?, ?, ?, ?, ?::json, 0, 'open', ?, ?)";
  private static final String FIND = "select * from bulk_export where export_id = ?";
  private static final String GAVE =
      "update bulk_export set given = given + ?, position = ?,"
          + " state = case when ? then 'finished' else state end where export_id = ?";
  private static final String NEXT =
      "with looked as (select person_id, province, birth_date, merged_into from person"
          + " where person_id > ? order by person_id limit "
          + LOOKED_AT
          + ") select person_id, false as last from looked where merged_into is null"
          + " and (? or province = any (?)) and left(birth_date, 4) between ? and ?"
          + " union all select max(person_id::text)::uuid, true from looked"
          + " having count(*) = "
          + LOOKED_AT
          + " order by last, person_id";
  private static final String AMONG =
      "select person_id, false as last from person where person_id > ? and merged_into is null"
          + " and (? or province = any (?)) and left(birth_date, 4) between ? and ?"
          + " and person_id = any (?) order by person_id";

  private final ObjectMapper json;

  Exports(ObjectMapper json) {
    this.json = json;
  }

  void add(Connection transaction, Export of) throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(ADD)) {
      insert.setObject(1, of.id());
      insert.setString(2, of.caller());
      insert.setString(3, of.purpose());
      insert.setString(4, of.legalBasis());
      insert.setArray(5, transaction.createArrayOf("text", of.fields().toArray()));
      insert.setString(6, json.writeValueAsString(of.filter()));
      insert.setObject(7, at(of.createdAt()));
      insert.setObject(8, at(of.expiresAt()));
      insert.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Export> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(of(row)) : Optional.empty();
      }
    }
  }

  private Export of(ResultSet row) throws SQLException {
    try {
      return new Export(
          row.getObject("export_id", UUID.class),
          row.getString("caller"),
          row.getString("purpose"),
          row.getString("legal_basis"),
          List.of((String[]) row.getArray("fields").getArray()),
          json.readValue(row.getString("filter"), Filter.class),
          row.getLong("given"),
          row.getString("state").equals("finished"),
          row.getObject("created_at", OffsetDateTime.class).toInstant(),
          row.getObject("expires_at", OffsetDateTime.class).toInstant());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An export's filter cannot be read");
    }
  }

  /** Notes that a page was given. */
  void gave(Connection transaction, UUID id, int persons, @Nullable UUID position, boolean last)
      throws SQLException {
    try (PreparedStatement update = transaction.prepareStatement(GAVE)) {
      update.setInt(1, persons);
      update.setObject(2, position);
      update.setBoolean(3, last);
      update.setObject(4, id);
      update.executeUpdate();
    }
  }

  /**
   * Keys of persons.
   *
   * @param next where to go on; nothing at the end
   */
  record Slice(List<UUID> ids, @Nullable UUID next) {
    Slice {
      ids = List.copyOf(ids);
    }
  }

  /** The next of those whom a filter lets pass, protected or not. */
  Slice after(Connection connection, Filter filter, UUID position, int limit) throws SQLException {
    boolean among = !filter.ids().isEmpty();
    Integer from = filter.bornFrom();
    Integer to = filter.bornTo();
    try (PreparedStatement select = connection.prepareStatement(among ? AMONG : NEXT)) {
      select.setObject(1, position);
      select.setBoolean(2, filter.provinces().isEmpty());
      select.setArray(3, connection.createArrayOf("text", filter.provinces().toArray()));
      select.setString(4, from == null ? "0000" : Integer.toString(from));
      select.setString(5, to == null ? "9999" : Integer.toString(to));
      if (among) {
        select.setArray(6, connection.createArrayOf("uuid", filter.ids().toArray()));
      }
      List<UUID> ids = new ArrayList<>();
      UUID next = null;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          UUID id = rows.getObject(1, UUID.class);
          if (rows.getBoolean(2)) {
            next = id;
          } else if (ids.size() == limit) {
            return new Slice(ids, ids.getLast());
          } else {
            ids.add(id);
          }
        }
      }
      return new Slice(ids, next);
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
