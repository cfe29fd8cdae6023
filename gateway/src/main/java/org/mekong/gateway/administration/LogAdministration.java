package org.mekong.gateway.administration;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.receipt.LogConfig;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.TransparencyLog;
import org.mekong.log.commitment.KeyRenewal;
import org.mekong.log.year.LogReport;
import org.mekong.log.year.Pruning;
import org.mekong.log.year.RetainedException;
import org.mekong.log.year.Retention;

/** What an operator does with the log, each act told in the log itself. */
@ApplicationScoped
class LogAdministration {

  private final GatewayLog log;
  private final Transactions transactions;
  private final Retention retention;
  private final KeyRenewal renewal;
  private final AdministrativeActs acts;
  private final Clock clock;

  @Inject
  LogAdministration(
      GatewayLog log,
      Transactions transactions,
      DataSource database,
      LogConfig config,
      AdministrativeActs acts,
      Clock clock) {
    this.log = log;
    this.transactions = transactions;
    this.retention =
        new Retention(
            database, log.years(), Optional.of(log.commitments()), config.retention(), clock);
    this.renewal = new KeyRenewal(database, log.commitments());
    this.acts = acts;
    this.clock = clock;
  }

  LogReport report() {
    return LogReport.of(log.years(), retention, clock);
  }

  Optional<TransparencyLog> ofYear(int year) {
    return log.years().ofYear(year);
  }

  /**
   * Prunes a log, with what opens the commitments in it.
   *
   * @throws RetainedException when some of it may not go yet; then nothing was removed
   */
  Pruning prune(TransparencyLog of, long belowIndex) throws RetainedException, SQLException {
    retention.require(of, belowIndex);
    log.await(
        transactions.in(
            connection ->
                acts.append(
                    connection, "log_pruned", Map.of("log", of.origin(), "below", belowIndex))));
    return retention.prune(of, belowIndex);
  }

  /** Retires the keys that wrap what opens commitments; they are destroyed some minutes later. */
  void renewKeys() throws SQLException {
    log.await(transactions.in(connection -> acts.append(connection, "log_keys_renewed", Map.of())));
    renewal.renew();
  }

  /** Erases what leads from the log to a person of this nation. */
  ErasureView erase(String personalNumber, @Nullable UUID personId, String reference)
      throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    int[] erased = {0};
    log.await(
        transactions.in(
            connection -> {
              erased[0] = log.erase(connection, personalNumber);
              if (personId != null) {
                erased[0] += log.erase(connection, GatewayLog.byKey(personId));
              }
              return acts.append(connection, "links_erased", Map.of("count", erased[0]));
            }));
    return new ErasureView(now, reference, erased[0]);
  }

  @PreDestroy
  void close() {
    renewal.close();
  }
}
