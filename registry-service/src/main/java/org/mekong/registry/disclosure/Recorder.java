package org.mekong.registry.disclosure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mekong.log.LogException;
import org.mekong.log.LogTransaction;
import org.mekong.log.LogTransaction.Place;
import org.mekong.log.LogTransaction.Result;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.disclosure.repeat.AskedQuestion;
import org.mekong.registry.disclosure.repeat.AskedQuestions;
import org.mekong.registry.disclosure.repeat.AskedQuestions.Before;
import org.mekong.registry.disclosure.repeat.FirstAnswer;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.singleuse.FreshProof;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;

/**
 * Runs the transactions in which persons are looked at and the looks recorded. Looks that come
 * while another transaction runs may share the next one: each statement to the database then serves
 * all of them, and so does each wait for the disk. Nobody waits for company. A look that fails
 * takes nobody with it.
 */
@ApplicationScoped
class Recorder {

  /** The most looks in one transaction: more would keep the first of them waiting. */
  private static final int MOST = 32;

  private final People people;
  private final YearlyLog log;
  private final Disclosures disclosures;
  private final AskedQuestions questions;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Look<?>> waiting = new ArrayDeque<>();
  private boolean led;

  Recorder(
      People people,
      YearlyLog log,
      Disclosures disclosures,
      AskedQuestions questions,
      Clock clock) {
    this.people = people;
    this.log = log;
    this.disclosures = disclosures;
    this.questions = questions;
    this.clock = clock;
  }

  /** Settles a look in a transaction of its own. */
  void alone(Look<?> look) {
    finish(record(List.of(look)));
  }

  /** Settles a look together with those that come at the same time. It has to be a quick one. */
  void together(Look<?> look) {
    if (queue(look) || look.awaitTurn() == Look.Turn.LEAD) {
      List<Look<?>> batch = next();
      Recorded recorded = Recorded.NOTHING;
      try {
        recorded = record(batch);
      } catch (RuntimeException | Error e) {
        batch.forEach(each -> each.fail(new IllegalStateException("the transaction broke off", e)));
      } finally {
        handOver();
      }
      finish(recorded);
      batch.stream().filter(each -> each != look).forEach(each -> each.give(Look.Turn.DONE));
    }
  }

  private boolean queue(Look<?> look) {
    lock.lock();
    try {
      waiting.add(look);
      boolean lead = !led;
      led = true;
      return lead;
    } finally {
      lock.unlock();
    }
  }

  private List<Look<?>> next() {
    lock.lock();
    try {
      List<Look<?>> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < MOST) {
        batch.add(waiting.poll());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the next one lead. */
  private void handOver() {
    lock.lock();
    try {
      Look<?> first = waiting.peek();
      led = first != null;
      if (first != null) {
        first.give(Look.Turn.LEAD);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a transaction has committed.
   *
   * @param receipts of the entries of all looks, in their order
   */
  private record Recorded(List<Read<?>> reads, Supplier<List<Receipt>> receipts) {
    static final Recorded NOTHING = new Recorded(List.of(), List::of);

    static Recorded of(List<Read<?>> reads, List<Place> places) {
      return new Recorded(reads, () -> places.stream().map(Place::receipt).toList());
    }
  }

  private static void finish(Recorded recorded) {
    try {
      Iterator<Receipt> receipts = recorded.receipts.get().iterator();
      recorded.reads.forEach(read -> read.settle(receipts));
    } catch (LogException e) {
      recorded.reads.forEach(read -> read.look.fail(e));
    }
  }

  /** Looks and records; looks that fail have their outcome afterwards. */
  private Recorded record(List<Look<?>> looks) {
    try {
      disclosures.prepare();
      return commit(looks);
    } catch (SQLException | LogException e) {
      if (LogTransaction.isUndecided(e)) {
        looks.forEach(look -> look.fail(e));
        return Recorded.NOTHING;
      }
      return looks.size() == 1 ? refused(looks.getFirst(), e) : each(looks);
    }
  }

  /** Somebody's look has broken the transaction of all; nothing of it was kept. */
  private Recorded each(List<Look<?>> looks) {
    List<Read<?>> reads = new ArrayList<>();
    List<Supplier<List<Receipt>>> receipts = new ArrayList<>();
    for (Look<?> look : looks) {
      Recorded one = record(List.of(look));
      reads.addAll(one.reads);
      receipts.add(one.receipts);
    }
    return new Recorded(
        reads, () -> receipts.stream().flatMap(each -> each.get().stream()).toList());
  }

  /** The database refused a look: perhaps since its question was asked before. */
  private Recorded refused(Look<?> look, Exception why) {
    AskedQuestion question = look.question();
    try {
      if (question != null && LogTransaction.isByConstraint(why)) {
        return repeat(look, question, why);
      }
      look.fail(why);
    } catch (SQLException | RuntimeException e) {
      look.fail(e);
    }
    return Recorded.NOTHING;
  }

  /**
   * Looks again for a repeated question. Its entries are those of the first time; only where they
   * are not true of what is found now, it is another disclosure.
   */
  private Recorded repeat(Look<?> look, AskedQuestion question, Exception why) throws SQLException {
    return log.write(
        transaction -> {
          Optional<Before> before = questions.find(transaction.connection(), question);
          if (before.isPresent() && before.get() instanceof Before.Same(FirstAnswer first)) {
            return repeat(transaction, look, question, first);
          }
          look.fail(
              before.isEmpty()
                  ? why
                  : Problem.REQUEST_ID_REUSED.because(
                      "The request id was used for another question."));
          return places -> Recorded.NOTHING;
        });
  }

  private Result<Recorded> repeat(
      LogTransaction transaction, Look<?> look, AskedQuestion question, FirstAnswer first)
      throws SQLException {
    Connection connection = transaction.connection();
    Read<?> read = Read.of(look, connection, people.currentEach(connection, look.keys()));
    if (first.covers(read.found())) {
      return places -> new Recorded(List.of(read), () -> awaited(first.entries()));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<PendingEntry> entries = disclosures.append(transaction, read.disclosures(now));
    questions.replace(
        connection,
        new AskedQuestions.Answered(question, new FirstAnswer(read.found(), entries)),
        now);
    return places -> Recorded.of(List.of(read), places);
  }

  private List<Receipt> awaited(List<PendingEntry> entries) {
    return entries.isEmpty() ? List.of() : log.await(entries);
  }

  private Recorded commit(List<Look<?>> looks) throws SQLException {
    return log.write(transaction -> look(transaction, looks));
  }

  private Result<Recorded> look(LogTransaction transaction, List<Look<?>> looks)
      throws SQLException {
    Connection connection = transaction.connection();
    List<Look<?>> admitted = spendProofs(connection, looks);
    Map<People.Key, People.Current> persons =
        people.currentEach(
            connection,
            admitted.stream()
                .flatMap(look -> look.keys().stream())
                .collect(Collectors.toCollection(HashSet::new)));
    List<Read<?>> reads = new ArrayList<>();
    for (Look<?> look : admitted) {
      try {
        reads.add(Read.of(look, connection, persons));
      } catch (RuntimeException e) {
        if (looks.size() == 1 && look.proof() == null) {
          throw e; // nothing else is in the transaction but what the look itself has done
        }
        look.fail(e);
      }
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<PendingEntry> entries =
        disclosures.append(
            transaction, reads.stream().flatMap(read -> read.disclosures(now).stream()).toList());
    List<AskedQuestions.Answered> answered = answered(reads, entries);
    if (!answered.isEmpty()) {
      transaction.atCommit(questions.remember(answered, now));
    }
    return places -> Recorded.of(reads, places);
  }

  private static List<AskedQuestions.Answered> answered(
      List<Read<?>> reads, List<PendingEntry> entries) {
    List<AskedQuestions.Answered> answered = new ArrayList<>();
    int from = 0;
    for (Read<?> read : reads) {
      int to = from + read.subjects();
      AskedQuestion question = read.look.question();
      if (question != null) {
        answered.add(
            new AskedQuestions.Answered(
                question, new FirstAnswer(read.found(), entries.subList(from, to))));
      }
      from = to;
    }
    return answered;
  }

  /** Those whose proof was not used before; the others have failed. */
  private static List<Look<?>> spendProofs(Connection transaction, List<Look<?>> looks)
      throws SQLException {
    List<FreshProof> proofs = looks.stream().map(Look::proof).filter(Objects::nonNull).toList();
    if (proofs.isEmpty()) {
      return looks;
    }
    Set<FreshProof> replayed = PostgresSingleUseStore.spendEach(transaction, proofs);
    List<Look<?>> admitted = new ArrayList<>();
    for (Look<?> look : looks) {
      if (replayed.contains(look.proof())) {
        look.fail(Problem.refusedAccess(AccessRule.PROOF_REPLAYED));
      } else {
        admitted.add(look);
      }
    }
    return admitted;
  }

  private record Read<T>(Look<T> look, List<Finding<T>> findings) {

    static <T> Read<T> of(
        Look<T> look, Connection transaction, Map<People.Key, People.Current> persons)
        throws SQLException {
      return new Read<>(look, look.read(transaction, persons));
    }

    List<Disclosure> disclosures(Instant now) {
      List<Disclosure> disclosures = new ArrayList<>();
      for (int i = 0; i < findings.size(); i++) {
        Finding<T> finding = findings.get(i);
        for (UUID subject : finding.subjects()) {
          disclosures.add(
              new Disclosure(subject, look.enquiries().get(i), finding.answered(), now));
        }
      }
      return disclosures;
    }

    List<FirstAnswer.Found> found() {
      return findings.stream()
          .map(finding -> new FirstAnswer.Found(finding.answered(), finding.subjects()))
          .toList();
    }

    int subjects() {
      return findings.stream().mapToInt(finding -> finding.subjects().size()).sum();
    }

    void settle(Iterator<Receipt> receipts) {
      List<Receipt> own = new ArrayList<>();
      for (Finding<T> finding : findings) {
        finding.subjects().forEach(subject -> own.add(receipts.next()));
      }
      look.settle(new Look.Outcome.Given<>(findings, own));
    }
  }
}
