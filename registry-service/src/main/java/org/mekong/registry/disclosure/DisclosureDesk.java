package org.mekong.registry.disclosure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.mekong.log.LogException;
import org.mekong.log.Receipt;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.registry.caller.OwedProof;
import org.mekong.registry.disclosure.repeat.Questions;
import org.mekong.registry.log.BorderRule;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.storage.People;
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

  /** Looks at persons who were read already, in the transaction that records it. */
  @FunctionalInterface
  public interface ReadingByKey<T> {

    /**
     * Finds the answer.
     *
     * @param persons those of the keys whom the register holds, withheld or not
     */
    Finding<T> read(Connection transaction, Map<People.Key, People.Current> persons)
        throws SQLException;
  }

  private static final Logger LOG = Logger.getLogger(DisclosureDesk.class);

  private final Recorder recorder;
  private final BorderRule border;
  private final OwedProof owed;
  private final Questions questions;

  DisclosureDesk(Recorder recorder, BorderRule border, OwedProof owed, Questions questions) {
    this.recorder = recorder;
    this.border = border;
    this.owed = owed;
    this.questions = questions;
  }

  /**
   * Reads, records and gives.
   *
   * <p>When the gateway repeats a question under its request id, the persons are looked at anew and
   * the entries of the first time are given, as long as they are true of what is found.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 when it cannot be recorded, or goes
   *     abroad while the log waits for its witnesses; 409 when the gateway asked something else
   *     under this request id
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
    requireMayLeave(enquiries.getFirst());
    Look<T> look =
        new Look<>(
            enquiries,
            Set.of(),
            (transaction, persons) -> readings.read(transaction),
            Optional.empty(),
            questions.behind(enquiries.getFirst()));
    recorder.alone(look);
    return disclosed(look);
  }

  /**
   * Reads persons by key, records and gives. For a quick look: it shares its transaction with those
   * who come at the same time, and the request's proof is spent in it.
   *
   * @see org.mekong.registry.caller.SpendsProof
   * @throws io.quarkiverse.resteasy.problem.HttpProblem as {@link #give} does; 401 when the proof
   *     was used before
   */
  public <T> Disclosed<T> giveByKey(
      Enquiry enquiry, Set<People.Key> keys, ReadingByKey<T> reading) {
    requireMayLeave(enquiry);
    Look<T> look =
        new Look<>(
            List.of(enquiry),
            keys,
            (transaction, persons) -> List.of(reading.read(transaction, persons)),
            owed.take(),
            questions.behind(enquiry));
    recorder.together(look);
    return disclosed(look).getFirst();
  }

  private void requireMayLeave(Enquiry enquiry) {
    if (!border.mayServe(enquiry.requester().country())) {
      throw Problem.LOG_UNCOSIGNED.because(
          "The register's log waits for its witnesses; domestic requests are answered.",
          "log/uncosigned");
    }
  }

  private static <T> List<Disclosed<T>> disclosed(Look<T> look) {
    return switch (look.outcome()) {
      case Look.Outcome.Given<T>(List<Finding<T>> findings, List<Receipt> all) -> {
        Iterator<Receipt> receipts = all.iterator();
        List<Disclosed<T>> disclosed = new ArrayList<>();
        for (Finding<T> finding : findings) {
          List<Disclosed.Entry> entries =
              finding.subjects().stream().map(subject -> entry(subject, receipts.next())).toList();
          disclosed.add(new Disclosed<>(finding.answer(), entries));
        }
        yield disclosed;
      }
      case Look.Outcome.Failed<T>(Exception why) -> throw failure(why);
      case Look.Outcome.Pending<T> pending ->
          throw new IllegalStateException("a look came back without an outcome");
    };
  }

  private static RuntimeException failure(Exception why) {
    if (why instanceof RuntimeException unchecked && !(why instanceof LogException)) {
      return unchecked;
    }
    LOG.errorf(why, "A disclosure could not be recorded; nothing was given");
    return Problem.NOT_RECORDED.because("The register could not record the disclosure.");
  }

  private static Disclosed.Entry entry(UUID subject, Receipt receipt) {
    String leafHash = Base64.getEncoder().encodeToString(MerkleHash.leaf(receipt.entry()));
    return new Disclosed.Entry(
        subject, new Disclosed.Trace(receipt.origin(), receipt.index(), leafHash), receipt.proof());
  }
}
