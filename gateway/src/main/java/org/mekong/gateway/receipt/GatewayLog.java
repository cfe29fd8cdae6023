package org.mekong.gateway.receipt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mekong.gateway.transport.Callers;
import org.mekong.log.LogTransaction;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.commitment.Commitment;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.MonthKeys;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.witness.Watch;
import org.mekong.log.year.KeyFile;
import org.mekong.log.year.LogKeys;
import org.mekong.log.year.YearlyLog;

/**
 * The transparency log of this gateway, one for each year, kept under the eyes of its witnesses:
 * they decide whether answers may cross the border on its word. Safe for many threads.
 */
@ApplicationScoped
public class GatewayLog {

  private final YearlyLog log;
  private final Commitments commitments;
  private final String nation;

  /**
   * Opens the log.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public GatewayLog(
      LogConfig config,
      WitnessConfig witnesses,
      DataSource dataSource,
      Callers callers,
      Clock clock,
      MeterRegistry metrics,
      @ConfigProperty(name = "mekong.nation") String nation) {
    KeyFile wrapping =
        new KeyFile(
            "gateway.log.key-encryption-key-file",
            config.keyEncryptionKeyFile(),
            config.generateKey());
    KeyFile signing = new KeyFile("gateway.log.key-file", config.keyFile(), config.generateKey());
    this.nation = nation;
    this.commitments =
        new Commitments(new MonthKeys(dataSource, wrapping.keyEncryptionKey(), clock));
    this.log =
        YearlyLog.open(
            dataSource,
            new LogKeys(nation.toLowerCase(Locale.ROOT) + ".mekong.example/gateway/", signing),
            Watch.of(
                "gateway.witness.policy-file",
                witnesses.policyFile(),
                callers.client(),
                witnesses.longestUncosigned()),
            clock);
    TimeGauge.builder(
            "mekong.log.cosignature.age", log, TimeUnit.SECONDS, YearlyLog::secondsSinceCosigned)
        .description("Age of the newest cosignature of this service's log; NaN where there is none")
        .tag("log", "gateway")
        .register(metrics);
    Gauge.builder("mekong.log.notice", log, each -> each.notice().isPresent() ? 1 : 0)
        .description("1 while something keeps the year from turning, or will; else 0")
        .tag("log", "gateway")
        .register(metrics);
  }

  /** Appends in the caller's transaction: the entry becomes part of the log if that commits. */
  public PendingEntry append(Connection transaction, ExchangeEntry entry) throws SQLException {
    return log.append(transaction, entry.encode());
  }

  /**
   * Appends in the transaction of a caller who acknowledges nothing of it before {@link #await} has
   * returned: its commit does not wait for the disk.
   */
  public PendingEntry appendAwaited(Connection transaction, ExchangeEntry entry)
      throws SQLException {
    return log.appendAwaited(transaction, List.of(entry.encode())).getFirst();
  }

  /**
   * Writes to the database and to the log in one transaction, with one wait for the disk.
   *
   * @throws SQLException when the database refused or is gone
   */
  public <T> T write(LogTransaction.Work<T> work) throws SQLException {
    return log.write(work);
  }

  /** Appends to the log in such a transaction. */
  public static List<PendingEntry> append(LogTransaction transaction, List<ExchangeEntry> entries)
      throws SQLException {
    return transaction.append(entries.stream().map(ExchangeEntry::encode).toList());
  }

  /**
   * Commits to persons of this nation, in the caller's transaction and in one message to the
   * database. What opens the commitments lies in an ordinary table and can be erased.
   *
   * @return the commitments as they stand in entries, in the order of what was asked
   */
  public List<String> commit(Connection transaction, List<Commitments.Asked> asked)
      throws SQLException {
    return asked.isEmpty()
        ? List.of()
        : commitments.commit(transaction, asked).stream().map(Commitment::text).toList();
  }

  /** The same in a transaction of the log: it goes with the commit. */
  public List<String> commit(LogTransaction transaction, List<Commitments.Asked> asked)
      throws SQLException {
    if (asked.isEmpty()) {
      return List.of();
    }
    Commitments.Made made = commitments.make(asked);
    transaction.atCommit(made.keeping());
    return made.made().stream().map(Commitment::text).toList();
  }

  /**
   * That a request asked about a person.
   *
   * @param person personal number, or {@link #byKey}
   */
  public static Commitments.Asked asked(String nation, String person, UUID requestId) {
    return new Commitments.Asked(nation + ":" + person, requestId.toString());
  }

  /** How a person is committed to whom the register knows and whose number was not told. */
  public static String byKey(UUID person) {
    return "person/" + person;
  }

  /**
   * Erases what opens the commitments to a person of this nation, in the caller's transaction.
   *
   * @param person personal number, or {@link #byKey}
   * @return how many entries can be tied to nobody from now on
   */
  public int erase(Connection transaction, String person) throws SQLException {
    return commitments.erase(transaction, nation + ":" + person);
  }

  /** What opens the commitments in the log. */
  public Commitments commitments() {
    return commitments;
  }

  /** The receipt of an entry whose transaction was committed; waits until it is integrated. */
  public Receipt await(PendingEntry entry) {
    return log.await(entry);
  }

  /** How the log stands with its witnesses. */
  public Standing standing() {
    return log.standing();
  }

  /** The log of each year, for those who read it. */
  public YearlyLog years() {
    return log;
  }

  @PreDestroy
  void close() {
    log.close();
  }
}
