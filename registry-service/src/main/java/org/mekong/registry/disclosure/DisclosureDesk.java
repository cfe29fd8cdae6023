package org.mekong.registry.disclosure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.log.BorderRule;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.problem.Problem;

/**
 * The one desk over which personal data leaves. Reading and recording are one transaction: a
 * reading that fails leaves no entry, an entry that fails lets nothing out. The answer is held back
 * until the entry stands in the log under a signed checkpoint.
 */
@ApplicationScoped
public class DisclosureDesk {

  /** Looks at persons, in the transaction that records it. */
  @FunctionalInterface
  public interface Reading<T> {

    /** Reads; what it finds leaves only after the transaction has committed. */
    Finding<T> read(Connection transaction) throws SQLException;
  }

  private static final Logger LOG = Logger.getLogger(DisclosureDesk.class);

  private final DataSource database;
  private final YearlyLog log;
  private final Disclosures disclosures;
  private final BorderRule border;
  private final Clock clock;

  DisclosureDesk(
      DataSource database, YearlyLog log, Disclosures disclosures, BorderRule border, Clock clock) {
    this.database = database;
    this.log = log;
    this.disclosures = disclosures;
    this.border = border;
    this.clock = clock;
  }

  /**
   * Reads, records and gives.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 when it cannot be recorded, or goes
   *     abroad while the log waits for its witnesses
   */
  public <T> Disclosed<T> give(Enquiry enquiry, Reading<T> reading) {
    if (!border.mayServe(enquiry.requester().country())) {
      throw Problem.LOG_UNCOSIGNED.because(
          "The register's log waits for its witnesses; domestic requests are answered.",
          "log/uncosigned");
    }
    try {
      Recorded<T> recorded = record(enquiry, reading);
      Receipt receipt = log.await(recorded.entries.getFirst());
      String leafHash = Base64.getEncoder().encodeToString(MerkleHash.leaf(receipt.entry()));
      return new Disclosed<>(
          recorded.answer,
          new Disclosed.Trace(receipt.origin(), receipt.index(), leafHash),
          receipt.proof());
    } catch (SQLException | LogException e) {
      LOG.errorf(e, "A disclosure could not be recorded; nothing was given");
      throw Problem.NOT_RECORDED.because("The register could not record the disclosure.");
    }
  }

  /**
   * The proof of an earlier disclosure, against the newest checkpoint that covers it; empty when
   * its entry was pruned.
   */
  Optional<String> proof(PendingEntry entry) {
    try {
      return Optional.of(log.await(entry).proof());
    } catch (LogException.Pruned e) {
      return Optional.empty();
    } catch (LogException e) {
      LOG.errorf(e, "The proof of a disclosure could not be made");
      throw Problem.NOT_RECORDED.because("The log cannot make a proof now.");
    }
  }

  private record Recorded<T>(T answer, List<PendingEntry> entries) {}

  private <T> Recorded<T> record(Enquiry enquiry, Reading<T> reading) throws SQLException {
    disclosures.prepare();
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        Finding<T> finding = reading.read(transaction);
        List<PendingEntry> entries = new ArrayList<>();
        for (UUID subject : finding.subjects()) {
          entries.add(
              disclosures.append(
                  transaction,
                  log,
                  new Disclosure(
                      subject,
                      enquiry,
                      finding.answered(),
                      clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        }
        transaction.commit();
        return new Recorded<>(finding.answer(), entries);
      } catch (SQLException | RuntimeException e) {
        transaction.rollback();
        throw e;
      }
    }
  }
}
