package org.mekong.registry.search.index;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.Timelines;

/**
 * Keeps the index in step with the persons, in the transaction that changes them. A bulk load takes
 * {@link #rows} to {@link #COPY} them, which makes the same rows.
 */
@ApplicationScoped
public class NameIndex implements Timelines.Projection {

  private static final String COLUMNS =
      "word, birth_year, province, birth_day, sex, person_id, former, withheld, name";

  /** A COPY of {@link #rows} in text format. */
  public static final String COPY = "copy name_index (" + COLUMNS + ") from stdin";

  private static final String HELD =
      "select " + COLUMNS + " from name_index where person_id = ? for update";
  private static final String DELETE = "delete from name_index where person_id = ?";
  private static final String INSERT =
      "insert into name_index (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  @Override
  public void update(Connection transaction, UUID personId, Timeline timeline) throws SQLException {
    Optional<Person> now = timeline.latest().map(Timeline.Version::person);
    replace(
        transaction,
        personId,
        now.flatMap(person -> Listing.of(person, formerNames(person, timeline))).orElse(null));
  }

  /** Puts a person's rows in the place of those there were; nothing takes them out. */
  public void replace(Connection transaction, UUID personId, @Nullable Listing listing)
      throws SQLException {
    List<Row> rows = listing == null ? List.of() : Row.of(listing);
    Set<Row> held = held(transaction, personId);
    if (held.equals(new HashSet<>(rows))) {
      return;
    }
    if (!held.isEmpty()) {
      try (PreparedStatement delete = transaction.prepareStatement(DELETE)) {
        delete.setObject(1, personId);
        delete.executeUpdate();
      }
    }
    try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
      for (Row row : rows) {
        @Nullable Object[] values = row.values();
        for (int i = 0; i < values.length; i++) {
          insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
      }
      if (!rows.isEmpty()) {
        insert.executeBatch();
      }
    }
  }

  /** The rows of a person for {@link #COPY}, each value a String, Integer, UUID or Boolean. */
  public static List<@Nullable Object[]> rows(Listing listing) {
    return Row.of(listing).stream().map(Row::values).toList();
  }

  /**
   * Takes the keys off the table while very many rows are loaded and puts them back, in the
   * transaction of the load: five times as fast as with them. Nobody searches meanwhile. Who does
   * not own the table loads with the keys.
   */
  public static void load(Connection transaction, Load load) throws SQLException, IOException {
    dropKeys(transaction);
    load.run();
    addKeys(transaction);
    try (Statement statement = transaction.createStatement()) {
      statement.execute("analyze name_index");
    }
  }

  /**
   * Takes the keys off the table, before very many rows are loaded in transactions of their own.
   * Until {@link #addKeys} searches are slow. Nothing happens to who does not own the table.
   */
  public static void dropKeys(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      if (owns(statement)) {
        statement.execute("alter table name_index drop constraint if exists name_index_pkey");
        statement.execute("drop index if exists name_index_person");
      }
    }
  }

  /** Puts those keys back that are missing. */
  public static void addKeys(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      if (!owns(statement)) {
        return;
      }
      if (isMissing("name_index_pkey", statement)) {
        statement.execute(
            "alter table name_index add primary key"
                + " (word, birth_year, province, birth_day, sex, person_id, former)"
                + " include (withheld, name)");
      }
      statement.execute("create index if not exists name_index_person on name_index (person_id)");
    }
  }

  private static boolean isMissing(String index, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select to_regclass('" + index + "') is null")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Work that loads rows. */
  @FunctionalInterface
  public interface Load {

    /** Does it. */
    void run() throws SQLException, IOException;
  }

  private static boolean owns(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select pg_has_role(relowner, 'usage') from pg_class"
                + " where oid = 'name_index'::regclass")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Names that the person bore before and does not bear now; a corrected name was never borne. */
  public static List<PersonName> formerNames(Person now, Timeline timeline) {
    Set<PersonName> names = new LinkedHashSet<>();
    timeline.versions().forEach(version -> names.addAll(version.person().particulars().names()));
    names.removeAll(new HashSet<>(now.particulars().names()));
    return List.copyOf(names);
  }

  private static Set<Row> held(Connection transaction, UUID personId) throws SQLException {
    try (PreparedStatement select = transaction.prepareStatement(HELD)) {
      select.setObject(1, personId);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getString("word"),
                  row.getInt("birth_year"),
                  row.getString("province"),
                  row.getInt("birth_day"),
                  row.getInt("sex"),
                  personId,
                  row.getBoolean("former"),
                  row.getBoolean("withheld"),
                  row.getString("name")));
        }
      }
      return new HashSet<>(rows);
    }
  }
}
