package org.mekong.registry.disclosure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
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
import org.mekong.registry.permission.Requester;
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

  /** Looks for several enquiries, in the one transaction that records them. */
  @FunctionalInterface
  public interface Readings<T> {

    /** Reads; one finding for each enquiry, in their order. */
    List<Finding<T>> read(Connection transaction) throws SQLException;
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
    return giveEach(List.of(enquiry), transaction -> List.of(reading.read(transaction))).getFirst();
  }

  /**
   * Reads, records and gives for several enquiries of one requester: all or none of them, and with
   * as many messages to the database as for one.
   *
   * @return in the order of the enquiries
   * @throws io.quarkiverse.resteasy.problem.HttpProblem as {@link #give} does
   */
  public <T> List<Disclosed<T>> giveEach(List<Enquiry> enquiries, Readings<T> readings) {
    Requester requester = enquiries.getFirst().requester();
    if (!border.mayServe(requester.country())) {
      throw Problem.LOG_UNCOSIGNED.because(
          "The register's log waits for its witnesses; domestic requests are answered.",
          "log/uncosigned");
    }
    try {
      Recorded<T> recorded = record(enquiries, readings);
      Iterator<Receipt> receipts = log.await(recorded.entries).iterator();
      List<Disclosed<T>> disclosed = new ArrayList<>();
      for (Finding<T> finding : recorded.findings) {
        List<Disclosed.Entry> entries =
            finding.subjects().stream().map(subject -> entry(subject, receipts.next())).toList();
        disclosed.add(new Disclosed<>(finding.answer(), entries));
      }
      return disclosed;
    } catch (SQLException | LogException e) {
      LOG.errorf(e, "A disclosure could not be recorded; nothing was given");
      throw Problem.NOT_RECORDED.because("The register could not record the disclosure.");
    }
  }

  private static Disclosed.Entry entry(UUID subject, Receipt receipt) {
    String leafHash = Base64.getEncoder().encodeToString(MerkleHash.leaf(receipt.entry()));
    return new Disclosed.Entry(
        subject, new Disclosed.Trace(receipt.origin(), receipt.index(), leafHash), receipt.proof());
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

  private record Recorded<T>(List<Finding<T>> findings, List<PendingEntry> entries) {}

  private <T> Recorded<T> record(List<Enquiry> enquiries, Readings<T> readings)
      throws SQLException {
    disclosures.prepare();
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        List<Finding<T>> findings = readings.read(transaction);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Disclosure> each = new ArrayList<>();
        for (int i = 0; i < enquiries.size(); i++) {
          Enquiry enquiry = enquiries.get(i);
          Finding<T> finding = findings.get(i);
          finding.subjects().stream()
              .map(subject -> new Disclosure(subject, enquiry, finding.answered(), now))
              .forEach(each::add);
        }
        List<PendingEntry> entries = disclosures.append(transaction, log, each);
        transaction.commit();
        return new Recorded<>(findings, entries);
      } catch (SQLException | RuntimeException e) {
        transaction.rollback();
        throw e;
      }
    }
  }
}
