package org.mekong.registry.person.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mekong.registry.person.Person;

/**
 * The persons of the register as they are now. Works in the caller's transaction, because a person
 * is read only together with the entry that tells of it.
 */
@ApplicationScoped
public class People {

  private static final String BY_ID = "select document, version from person where person_id = ?";
  private static final String BY_NUMBER =
      "select document, version from identifier i join person p on p.person_id = i.person_id"
          + " where i.number = ?";
  private static final String HOLD = "select version from person where person_id = ? for update";
  private static final String BY_IDS =
      "select document, version from person where person_id = any (?)";
  private static final String BY_NUMBERS =
      "select document, version, i.number from identifier i join person p on p.person_id = i.person_id"
          + " where i.number = any (?)";
  private static final String BY_HOUSEHOLD =
      "select document from household_member m join person p on p.person_id = m.person_id"
          + " where m.household_id = ? order by m.person_id limit ?";

  /** How a caller points at a person. */
  public sealed interface Key {

    /** By the register's own key. */
    record ById(UUID id) implements Key {}

    /** By a number in force or an earlier one. */
    record ByNumber(String number) implements Key {}
  }

  /**
   * A person as the register holds them now.
   *
   * @param version counts what was recorded on them, from 1
   */
  public record Current(Person person, int version) {}

  /** The person that a key points at, withheld or not. */
  public Optional<Person> find(Connection transaction, Key key) throws SQLException {
    return current(transaction, key).map(Current::person);
  }

  /** The same with the person's version. */
  public Optional<Current> current(Connection transaction, Key key) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(key instanceof Key.ById ? BY_ID : BY_NUMBER)) {
      switch (key) {
        case Key.ById(UUID id) -> select.setObject(1, id);
        case Key.ByNumber(String number) -> select.setString(1, number);
      }
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(current(rows)) : Optional.empty();
      }
    }
  }

  /** Holds a person until the transaction ends, and tells their version. */
  public OptionalInt hold(Connection transaction, UUID id) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(HOLD)) {
      select.setObject(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  /** The persons of these keys by their key, withheld or not. */
  public Map<UUID, Person> find(Connection transaction, Collection<UUID> ids) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(BY_IDS)) {
      select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
      return all(select).stream().collect(Collectors.toMap(Person::id, Function.identity()));
    }
  }

  /** The persons that these keys point at, withheld or not. */
  public Map<Key, Person> findEach(Connection transaction, Collection<Key> keys)
      throws SQLException {
    Map<Key, Person> found = new HashMap<>();
    currentEach(transaction, keys).forEach((key, current) -> found.put(key, current.person()));
    return found;
  }

  /** The same with their versions: a statement for keys of a kind, however many. */
  public Map<Key, Current> currentEach(Connection transaction, Collection<Key> keys)
      throws SQLException {
    List<UUID> ids = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (Key key : keys) {
      switch (key) {
        case Key.ById(UUID id) -> ids.add(id);
        case Key.ByNumber(String number) -> numbers.add(number);
      }
    }
    Map<Key, Current> found = new HashMap<>();
    if (!ids.isEmpty()) {
      try (PreparedStatement select = transaction.prepareStatement(BY_IDS)) {
        select.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            Current current = current(rows);
            found.put(new Key.ById(current.person().id()), current);
          }
        }
      }
    }
    if (!numbers.isEmpty()) {
      try (PreparedStatement select = transaction.prepareStatement(BY_NUMBERS)) {
        select.setArray(1, transaction.createArrayOf("text", numbers.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.put(new Key.ByNumber(rows.getString(3)), current(rows));
          }
        }
      }
    }
    return found;
  }

  private static Current current(ResultSet row) throws SQLException {
    return new Current(PersonJson.person(row.getString(1)), row.getInt(2));
  }

  /** Persons who belong or belonged to a household, withheld or not. */
  public List<Person> ofHousehold(Connection transaction, UUID household, int most)
      throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(BY_HOUSEHOLD)) {
      select.setObject(1, household);
      select.setInt(2, most);
      return all(select);
    }
  }

  private static List<Person> all(PreparedStatement select) throws SQLException {
    List<Person> persons = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        persons.add(PersonJson.person(rows.getString(1)));
      }
    }
    return persons;
  }
}
