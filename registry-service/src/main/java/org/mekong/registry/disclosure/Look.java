package org.mekong.registry.disclosure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mekong.log.Receipt;
import org.mekong.registry.disclosure.repeat.AskedQuestion;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.person.storage.People;
import org.mekong.resourceserver.singleuse.FreshProof;

/**
 * What one request looks at, and what came of it. It is settled by one thread, which then lets the
 * request's own thread go on.
 *
 * @param <T> the answer to each enquiry
 */
final class Look<T> {

  /** Reads in the transaction that records it; one finding for each enquiry, in their order. */
  @FunctionalInterface
  interface Reader<T> {
    List<Finding<T>> read(Connection transaction, Map<People.Key, People.Current> persons)
        throws SQLException;
  }

  private final List<Enquiry> enquiries;
  private final Set<People.Key> keys;
  private final Reader<T> reader;
  private final @Nullable FreshProof proof;
  private final @Nullable AskedQuestion question;
  private final CompletableFuture<Turn> turn = new CompletableFuture<>();
  private volatile Outcome<T> outcome = new Outcome.Pending<>();

  /**
   * @param keys persons whom the reader wants to be given
   * @param proof to be spent with it
   * @param question that the gateway asks, and may repeat
   */
  Look(
      List<Enquiry> enquiries,
      Set<People.Key> keys,
      Reader<T> reader,
      Optional<FreshProof> proof,
      Optional<AskedQuestion> question) {
    this.enquiries = List.copyOf(enquiries);
    this.keys = Set.copyOf(keys);
    this.reader = reader;
    this.proof = proof.orElse(null);
    this.question = question.orElse(null);
  }

  /** Whether a thread that waited is to run the next transaction, or has its outcome. */
  enum Turn {
    LEAD,
    DONE
  }

  /** What came of it. */
  sealed interface Outcome<T> {
    /** Nothing yet. */
    record Pending<T>() implements Outcome<T> {}

    /** It may be answered: the entries of all subjects stand in the log. */
    record Given<T>(List<Finding<T>> findings, List<Receipt> receipts) implements Outcome<T> {}

    /** Nothing may be answered. */
    record Failed<T>(Exception why) implements Outcome<T> {}
  }

  List<Enquiry> enquiries() {
    return enquiries;
  }

  Set<People.Key> keys() {
    return keys;
  }

  @Nullable FreshProof proof() {
    return proof;
  }

  @Nullable AskedQuestion question() {
    return question;
  }

  List<Finding<T>> read(Connection transaction, Map<People.Key, People.Current> persons)
      throws SQLException {
    return reader.read(transaction, persons);
  }

  void settle(Outcome<T> settled) {
    outcome = settled;
  }

  void fail(Exception why) {
    outcome = new Outcome.Failed<>(why);
  }

  Outcome<T> outcome() {
    return outcome;
  }

  Turn awaitTurn() {
    return turn.join();
  }

  void give(Turn given) {
    turn.complete(given);
  }
}
