package org.mekong.registry.person;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The persons of the register. Works in the caller's transaction, because a person is read only
 * together with the entry that tells of it.
 */
@ApplicationScoped
public class People {

  private static final String BY_ID = PersonRow.SELECT + "from person p where p.person_id = ?";
  private static final String BY_NUMBER =
      PersonRow.SELECT
          + "from identifier i join person p on p.person_id = i.person_id where i.number = ?";

  /** How a caller points at a person. */
  public sealed interface Key {

    /** By the register's own key. */
    record ById(UUID id) implements Key {}

    /** By a number in force or an earlier one. */
    record ByNumber(String number) implements Key {}
  }

  /** The person that a key points at, withheld or not. */
  public Optional<Person> find(Connection transaction, Key key) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(key instanceof Key.ById ? BY_ID : BY_NUMBER)) {
      switch (key) {
        case Key.ById(UUID id) -> select.setObject(1, id);
        case Key.ByNumber(String number) -> select.setString(1, number);
      }
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(PersonRow.read(rows)) : Optional.empty();
      }
    }
  }

  /** The years of birth of those of these persons whom the register holds, by key. */
  java.util.Map<UUID, Integer> birthYears(Connection transaction, Set<UUID> ids)
      throws SQLException {
    java.util.Map<UUID, Integer> years = new java.util.HashMap<>();
    try (PreparedStatement select =
        transaction.prepareStatement(
            "select person_id, birth_year from person where person_id = any (?)")) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          years.put(rows.getObject(1, UUID.class), rows.getInt(2));
        }
      }
    }
    return years;
  }

  /** Writes a new person with everything that hangs on it. */
  void add(Connection transaction, Person person, long registeredAt) throws SQLException {
    for (PersonTable table : PersonTable.values()) {
      try (PreparedStatement insert = transaction.prepareStatement(table.insert())) {
        List<Object[]> rows = table.rows(person, registeredAt);
        for (Object[] row : rows) {
          for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            insert.setObject(
                i + 1,
                value instanceof String[] texts ? transaction.createArrayOf("text", texts) : value);
          }
          insert.addBatch();
        }
        if (!rows.isEmpty()) {
          insert.executeBatch();
        }
      }
    }
  }
}
