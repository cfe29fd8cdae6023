package org.mekong.registry.statistics.count;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.transaction.Transaction;

/**
 * Counts the register at the first start after the rules of counting have changed, or after the
 * figures were made beside persons who were there before. Whoever changes a person meanwhile waits.
 */
@ApplicationScoped
public class CountFill {

  private static final Logger LOG = Logger.getLogger(CountFill.class);
  private static final String STATE =
      "insert into statistics_state (id, rules) values (1, ?)"
          + " on conflict (id) do update set rules = excluded.rules";

  private final DataSource database;
  private final NationProfile profile;

  CountFill(DataSource database, NationProfile profile) {
    this.database = database;
    this.profile = profile;
  }

  void start(@Observes StartupEvent started) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (isCounted(connection)) {
        return;
      }
    }
    fill(false);
  }

  /**
   * Counts everything.
   *
   * @param anew also where it was counted by the rules in force
   */
  public void fill(boolean anew) throws SQLException {
    Transaction.run(database, transaction -> fill(transaction, anew));
  }

  private void fill(Connection transaction, boolean anew) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute(
          "lock table statistics_delta, statistics_count in share row exclusive mode");
    }
    if (!anew && isCounted(transaction)) {
      return; // another replica did
    }
    long persons = Recount.replace(transaction, profile);
    try (PreparedStatement state = transaction.prepareStatement(STATE)) {
      state.setInt(1, Parts.RULES);
      state.executeUpdate();
    }
    LOG.infof("The figures of %d persons were counted", persons);
  }

  /** Whether the figures were counted by the rules in force. */
  public static boolean isCounted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select rules from statistics_state where id = 1")) {
      return row.next() && row.getInt(1) == Parts.RULES;
    }
  }
}
