package org.mekong.registry.bulk.entry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.PersonJson;

/** What rows of a file know of each other, across transactions. */
record References(Connection transaction, UUID importId) {

  private static final String FIND =
      "select reference, person_id, document from bulk_reference"
          + " where import_id = ? and reference = any (?)";
  private static final String ADD =
      "insert into bulk_reference (import_id, reference, person_id, document)"
          + " values (?, ?, ?, ?::json)";
  private static final String TAKEN = "select number from identifier where number = any (?)";
  private static final String BEARERS =
      "select number, person_id from identifier where number = any (?)";
  private static final String CLAIMED =
      "select claim from bulk_claim where import_id = ? and claim = any (?)";
  private static final String CLAIM =
      "insert into bulk_claim (import_id, claim) select ?, unnest(?::text[])";

  /**
   * A row that was accepted.
   *
   * @param pretended who it would be, where nothing is stored
   */
  record Known(UUID personId, @Nullable Person pretended) {}

  /** The rows of these references that were accepted. */
  Map<String, Known> find(Collection<String> references) throws SQLException {
    Map<String, Known> found = new HashMap<>();
    if (references.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = transaction.prepareStatement(FIND)) {
      select.setObject(1, importId);
      select.setArray(2, transaction.createArrayOf("text", references.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String document = row.getString(3);
          found.put(
              row.getString(1),
              new Known(
                  row.getObject(2, UUID.class),
                  document == null ? null : PersonJson.person(document)));
        }
      }
    }
    return found;
  }

  /** Keeps rows for others that name them. */
  void add(Map<String, Known> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = transaction.prepareStatement(ADD)) {
      for (Map.Entry<String, Known> row : rows.entrySet()) {
        Person pretended = row.getValue().pretended();
        insert.setObject(1, importId);
        insert.setString(2, row.getKey());
        insert.setObject(3, row.getValue().personId());
        insert.setString(4, pretended == null ? null : PersonJson.write(pretended));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Those of these numbers that the register has given, or knows from before. */
  Set<String> taken(Collection<String> numbers) throws SQLException {
    return texts(TAKEN, false, numbers);
  }

  /** The persons of numbers. */
  Map<String, UUID> bearers(Collection<String> numbers) throws SQLException {
    Map<String, UUID> bearers = new HashMap<>();
    if (numbers.isEmpty()) {
      return bearers;
    }
    try (PreparedStatement select = transaction.prepareStatement(BEARERS)) {
      select.setArray(1, transaction.createArrayOf("text", numbers.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          bearers.put(row.getString(1), row.getObject(2, UUID.class));
        }
      }
    }
    return bearers;
  }

  /** Those of these claims that rows before have made, while nothing is stored. */
  Set<String> claimed(Collection<String> claims) throws SQLException {
    return texts(CLAIMED, true, claims);
  }

  /** Makes claims, while nothing is stored. */
  void claim(Collection<String> claims) throws SQLException {
    if (!claims.isEmpty()) {
      try (PreparedStatement insert = transaction.prepareStatement(CLAIM)) {
        insert.setObject(1, importId);
        insert.setArray(2, transaction.createArrayOf("text", claims.toArray()));
        insert.executeUpdate();
      }
    }
  }

  private Set<String> texts(String statement, boolean ofImport, Collection<String> asked)
      throws SQLException {
    Set<String> found = new HashSet<>();
    if (asked.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = transaction.prepareStatement(statement)) {
      if (ofImport) {
        select.setObject(1, importId);
      }
      select.setArray(ofImport ? 2 : 1, transaction.createArrayOf("text", asked.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found;
  }
}
