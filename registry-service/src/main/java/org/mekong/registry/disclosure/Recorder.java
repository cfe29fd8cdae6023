package org.mekong.registry.disclosure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.AccessRule;
import org.mekong.resourceserver.FreshProof;
import org.mekong.resourceserver.PostgresSingleUseStore;

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

  private final DataSource database;
  private final People people;
  private final YearlyLog log;
  private final Disclosures disclosures;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Look<?>> waiting = new ArrayDeque<>();
  private boolean led;

  Recorder(
      DataSource database, People people, YearlyLog log, Disclosures disclosures, Clock clock) {
    this.database = database;
    this.people = people;
    this.log = log;
    this.disclosures = disclosures;
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
      Recorded recorded = new Recorded(List.of(), List.of());
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

  /** Lets the next one lead, who need not wait until this batch stands in the log. */
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
   * @param entries those of all looks, in their order
   */
  private record Recorded(List<Read<?>> reads, List<PendingEntry> entries) {}

  /** Returns once everything that the transaction wrote is durable. */
  private void finish(Recorded recorded) {
    if (recorded.entries.isEmpty()) {
      recorded.reads.forEach(read -> read.settle(Collections.emptyIterator()));
      return; // whose commit has waited for the disk itself
    }
    try {
      Iterator<Receipt> receipts = log.await(recorded.entries).iterator();
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
    } catch (SQLException e) {
      if (looks.size() == 1) {
        looks.getFirst().fail(e);
        return new Recorded(List.of(), List.of());
      }
      // Somebody's look has broken the transaction of all; nothing of it was kept.
      List<Read<?>> reads = new ArrayList<>();
      List<PendingEntry> entries = new ArrayList<>();
      for (Look<?> look : looks) {
        Recorded one = record(List.of(look));
        reads.addAll(one.reads);
        entries.addAll(one.entries);
      }
      return new Recorded(reads, entries);
    }
  }

  private Recorded commit(List<Look<?>> looks) throws SQLException {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        List<Look<?>> admitted = spendProofs(transaction, looks);
        Map<People.Key, People.Current> persons =
            people.currentEach(
                transaction,
                admitted.stream()
                    .flatMap(look -> look.keys().stream())
                    .collect(Collectors.toCollection(HashSet::new)));
        List<Read<?>> reads = new ArrayList<>();
        for (Look<?> look : admitted) {
          try {
            reads.add(Read.of(look, transaction, persons));
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
                transaction,
                reads.stream().flatMap(read -> read.disclosures(now).stream()).toList());
        transaction.commit();
        return new Recorded(reads, entries);
      } catch (SQLException | RuntimeException e) {
        transaction.rollback();
        throw e;
      }
    }
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

    void settle(Iterator<Receipt> receipts) {
      List<Receipt> own = new ArrayList<>();
      for (Finding<T> finding : findings) {
        finding.subjects().forEach(subject -> own.add(receipts.next()));
      }
      look.settle(new Look.Outcome.Given<>(findings, own));
    }
  }
}
