package org.mekong.registry.log;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.log.PendingEntry;
import org.mekong.log.TransparencyLog;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.KeyRenewal;
import org.mekong.log.year.LogReport;
import org.mekong.log.year.Pruning;
import org.mekong.log.year.RetainedException;
import org.mekong.log.year.Retention;
import org.mekong.log.year.YearlyLog;

/** What an operator does with the log. Each act is told in the log itself before it is done. */
@Singleton
class LogAdministration {

  private static final String FORGET =
      "delete from disclosure where log_origin = ? and disclosed_at <= ?";

  private final DataSource database;
  private final YearlyLog log;
  private final Retention retention;
  private final KeyRenewal renewal;
  private final AdministrativeEntry entries;
  private final Clock clock;

  LogAdministration(
      DataSource database,
      YearlyLog log,
      Commitments commitments,
      KeyRenewal renewal,
      LogConfig config,
      AdministrativeEntry entries,
      Clock clock) {
    this.database = database;
    this.log = log;
    this.retention =
        new Retention(database, log, Optional.of(commitments), config.retention(), clock);
    this.renewal = renewal;
    this.entries = entries;
    this.clock = clock;
  }

  LogReport report() {
    return LogReport.of(log, retention, clock);
  }

  Optional<TransparencyLog> ofYear(int year) {
    return log.ofYear(year);
  }

  /**
   * Prunes a log, with what opens the commitments in it and the rows that told of its disclosures.
   *
   * @throws RetainedException when some of it may not go yet; then nothing was removed
   */
  Pruning prune(TransparencyLog of, long belowIndex) throws RetainedException, SQLException {
    retention.require(of, belowIndex);
    tell("log_pruned", Map.of("log", of.origin(), "below", belowIndex));
    Optional<Instant> newest = retention.time(of, belowIndex - 1);
    Pruning pruned = retention.prune(of, belowIndex);
    if (newest.isPresent() && pruned.entries() > 0) {
      forgetDisclosures(of.origin(), newest.get());
    }
    return pruned;
  }

  private void forgetDisclosures(String origin, Instant until) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setString(1, origin);
      delete.setObject(2, until.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    }
  }

  /** Retires the keys that wrap what opens commitments; they are destroyed some minutes later. */
  void renewKeys() throws SQLException {
    tell("log_keys_renewed", Map.of());
    renewal.renew();
  }

  private void tell(String act, Map<String, ?> members) throws SQLException {
    PendingEntry told;
    try (Connection connection = database.getConnection()) {
      told = entries.append(connection, act, members);
    }
    log.await(told);
  }
}
