package org.mekong.registry.statistics.check;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.statistics.count.Recount;

/**
 * Counts the register anew and compares, beside whatever is registered meanwhile: it looks at one
 * state of it. One check runs at a time.
 */
@ApplicationScoped
class CheckDesk {

  private static final Logger LOG = Logger.getLogger(CheckDesk.class);
  private static final String LOCK = "7253003";
  private static final String COLUMNS =
      "check_id, started_at, finished_at, persons, figures, differences";

  private final DataSource database;
  private final NationProfile profile;
  private final Clock clock;

  CheckDesk(DataSource database, NationProfile profile, Clock clock) {
    this.database = database;
    this.profile = profile;
    this.clock = clock;
  }

  /**
   * Starts a check.
   *
   * @return nothing while another one runs
   */
  Optional<CheckView> start() throws SQLException {
    Connection transaction = database.getConnection();
    boolean started = false;
    try {
      transaction.setAutoCommit(false);
      if (lock(transaction)) {
        CheckView check = begin();
        Thread.ofPlatform().name("statistics-check").daemon().start(() -> run(transaction, check));
        started = true;
        return Optional.of(check);
      }
      return Optional.empty();
    } finally {
      if (!started) {
        transaction.rollback();
        transaction.close();
      }
    }
  }

  /** All checks, the latest first. */
  List<CheckView> all() throws SQLException {
    return read(null);
  }

  /** A check. */
  Optional<CheckView> find(UUID id) throws SQLException {
    return read(id).stream().findFirst();
  }

  private static boolean lock(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement();
        ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private CheckView begin() throws SQLException {
    Instant now = clock.instant();
    UUID id = UuidV7.of(now.toEpochMilli(), new SecureRandom());
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into statistics_check (check_id, started_at) values (?, ?)")) {
      insert.setObject(1, id);
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return new CheckView(id, CheckView.RUNNING, now, null, null, null, null);
  }

  private void run(Connection held, CheckView check) {
    try (held) {
      Recount.Comparison found = Recount.compare(database, profile);
      finish(check.id(), found);
      if (found.differences() > 0) {
        LOG.errorf(
            "%d of %d figures are not what the register holds",
            found.differences(), found.figures());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.errorf("The figures could not be checked: %s", e.getClass().getSimpleName());
      LOG.debug("Why the figures could not be checked", e);
    }
  }

  private void finish(UUID id, Recount.Comparison found) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update statistics_check set finished_at = ?, persons = ?, figures = ?,"
                    + " differences = ? where check_id = ?")) {
      update.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      update.setLong(2, found.persons());
      update.setLong(3, found.figures());
      update.setLong(4, found.differences());
      update.setObject(5, id);
      update.executeUpdate();
    }
  }

  /** Whoever holds no lock does not run: a process that ended has left its check unfinished. */
  private List<CheckView> read(@Nullable UUID id) throws SQLException {
    String statement =
        "select "
            + COLUMNS
            + ", exists (select from pg_locks where locktype = 'advisory' and objid = "
            + LOCK
            + " and database = (select oid from pg_database where datname = current_database()))"
            + " and started_at = (select max(started_at) from statistics_check)"
            + " from statistics_check"
            + (id == null ? "" : " where check_id = ?")
            + " order by started_at desc limit 100";
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(statement)) {
      if (id != null) {
        select.setObject(1, id);
      }
      List<CheckView> checks = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          OffsetDateTime finished = row.getObject(3, OffsetDateTime.class);
          checks.add(
              new CheckView(
                  row.getObject(1, UUID.class),
                  finished != null
                      ? CheckView.DONE
                      : row.getBoolean(7) ? CheckView.RUNNING : CheckView.INTERRUPTED,
                  row.getObject(2, OffsetDateTime.class).toInstant(),
                  finished == null ? null : finished.toInstant(),
                  row.getObject(4, Long.class),
                  row.getObject(5, Long.class),
                  row.getObject(6, Long.class)));
        }
      }
      return checks;
    }
  }
}
