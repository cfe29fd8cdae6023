package org.mekong.registry.search.index;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.storage.PersonJson;
import org.mekong.registry.person.storage.Timelines;
import org.mekong.registry.transaction.Transaction;

/**
 * Fills the index at the first start after the rules of names have changed, or after the index was
 * made beside persons who were there before. Whoever changes a person meanwhile waits.
 */
@ApplicationScoped
class IndexFill {

  private static final Logger LOG = Logger.getLogger(IndexFill.class);
  private static final int CHUNK = 1_000;
  private static final String PAGE =
      "select person_id, version, document from person where person_id > ?"
          + " order by person_id limit "
          + CHUNK;
  private static final String STATE =
      "insert into name_index_state (id, rules) values (1, ?)"
          + " on conflict (id) do update set rules = excluded.rules";

  private final DataSource database;
  private final NameIndex index;
  private final Timelines timelines;

  IndexFill(DataSource database, NameIndex index, Timelines timelines) {
    this.database = database;
    this.index = index;
    this.timelines = timelines;
  }

  void start(@Observes StartupEvent started) throws SQLException {
    fill();
  }

  /** Fills the index unless it was filled by these rules. */
  void fill() throws SQLException {
    Transaction.run(
        database,
        transaction -> {
          if (!isFilled(transaction)) {
            fill(transaction);
          }
        });
  }

  private void fill(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("lock table name_index in share row exclusive mode");
      if (isFilled(transaction)) {
        return; // another replica did
      }
      statement.execute("delete from name_index");
    }
    long filled = 0;
    UUID last = new UUID(0, 0);
    for (int more = CHUNK; more == CHUNK; filled += more) {
      more = 0;
      try (PreparedStatement select = transaction.prepareStatement(PAGE)) {
        select.setObject(1, last);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            last = row.getObject(1, UUID.class);
            add(transaction, PersonJson.person(row.getString(3)), row.getInt(2));
            more++;
          }
        }
      }
    }
    try (PreparedStatement state = transaction.prepareStatement(STATE)) {
      state.setInt(1, NameKey.RULES);
      state.executeUpdate();
    }
    LOG.infof("The index of names was filled with %d persons", filled);
  }

  private void add(Connection transaction, Person person, int version) throws SQLException {
    List<PersonName> formerNames = version > 1 ? formerNames(transaction, person) : List.of();
    index.replace(transaction, person.id(), Listing.of(person, formerNames).orElse(null));
  }

  private List<PersonName> formerNames(Connection transaction, Person person) throws SQLException {
    try {
      Timeline timeline = Timeline.of(timelines.entries(transaction, person.id()));
      return NameIndex.formerNames(person, timeline);
    } catch (ChangeRefused refused) {
      throw new IllegalStateException("The register holds a life that makes none", refused);
    }
  }

  private static boolean isFilled(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select rules from name_index_state where id = 1")) {
      return row.next() && row.getInt(1) == NameKey.RULES;
    }
  }
}
