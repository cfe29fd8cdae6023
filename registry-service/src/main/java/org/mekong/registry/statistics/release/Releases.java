package org.mekong.registry.statistics.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.statistics.count.CountFill;
import org.mekong.registry.statistics.count.Counters;
import org.mekong.registry.statistics.count.Months;
import org.mekong.registry.transaction.Transaction;

/** Publishes: replaces what was published by the release of this month, as a whole. */
@ApplicationScoped
public class Releases {

  private static final Logger LOG = Logger.getLogger(Releases.class);
  private static final int SECRET = 32;
  private static final String ALONE = "select pg_try_advisory_xact_lock(7253002)";
  private static final String STATE =
      "insert into statistics_release (id, month, edition, made_at) values (1, ?, 1, ?)"
          + " on conflict (id) do update set month = excluded.month,"
          + " edition = statistics_release.edition + 1, made_at = excluded.made_at";

  private final DataSource database;
  private final NationProfile profile;
  private final Clock clock;

  Releases(DataSource database, NationProfile profile, Clock clock) {
    this.database = database;
    this.profile = profile;
    this.clock = clock;
  }

  /** What is done in the transaction of a release. */
  @FunctionalInterface
  public interface Act {

    /** Does it. */
    void in(Connection transaction) throws SQLException;
  }

  /** The release that is published; none before the first one. */
  public static Optional<Release> current(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select month, edition, made_at from statistics_release where id = 1")) {
      return row.next()
          ? Optional.of(
              new Release(
                  row.getInt(1), row.getInt(2), row.getObject(3, OffsetDateTime.class).toInstant()))
          : Optional.empty();
    }
  }

  /** Makes the release of this month, unless there is one or somebody makes it. */
  public void makeIfDue() throws SQLException {
    make(false, transaction -> {});
  }

  /**
   * Makes the release of this month, also where there is one.
   *
   * @return whether it was made; not while somebody else makes it
   */
  public boolean makeAnew(Act act) throws SQLException {
    return make(true, act);
  }

  private boolean make(boolean anew, Act act) throws SQLException {
    int month = Months.of(LocalDate.now(clock.withZone(profile.zone())));
    return Transaction.of(
        database,
        transaction -> {
          boolean made = isDue(transaction, month, anew) && make(transaction, month);
          if (made) {
            act.in(transaction);
          }
          return made;
        });
  }

  private static boolean isDue(Connection transaction, int month, boolean anew)
      throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("set transaction isolation level repeatable read");
      if (!CountFill.isCounted(transaction)) {
        return false;
      }
      boolean old = current(transaction).filter(release -> release.month() >= month).isEmpty();
      try (ResultSet alone = statement.executeQuery(ALONE)) {
        return (anew || old) && alone.next() && alone.getBoolean(1);
      }
    }
  }

  private boolean make(Connection transaction, int month) throws SQLException {
    try (Statement statement = transaction.createStatement()) {
      statement.execute("delete from statistics_figure");
    }
    long figures;
    try (FigureTable.Writer writer = new FigureTable.Writer(transaction)) {
      Edition edition = new Edition(month, new Rounding(secret(transaction)), writer::add);
      Counters.read(transaction, edition::take);
      edition.end();
      figures = writer.end();
    }
    try (PreparedStatement state = transaction.prepareStatement(STATE)) {
      state.setInt(1, month);
      state.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      state.executeUpdate();
    }
    LOG.infof("Statistics were released: %d figures", figures);
    return true;
  }

  private static byte[] secret(Connection transaction) throws SQLException {
    byte[] fresh = new byte[SECRET];
    new SecureRandom().nextBytes(fresh);
    try (PreparedStatement insert =
            transaction.prepareStatement(
                "insert into statistics_secret (id, secret) values (1, ?) on conflict do nothing");
        PreparedStatement select =
            transaction.prepareStatement("select secret from statistics_secret where id = 1")) {
      insert.setBytes(1, fresh);
      insert.executeUpdate();
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }
}
