package org.mekong.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.mekong.log.note.Note;
import org.mekong.log.tile.GrowingTree;

/** One caller that waits for an entry to find its place. */
final class Ticket {
  private final Thread caller = Thread.currentThread();
  private final @Nullable PendingEntry pending;
  private final byte[] entry;
  private volatile @Nullable Outcome outcome;
  private volatile boolean leader;

  private Ticket(@Nullable PendingEntry pending, byte[] entry) {
    this.pending = pending;
    this.entry = entry;
  }

  /** What became of the entry. */
  sealed interface Outcome {
    /** It stands at {@code index}; the snapshot is that of the step which put it there. */
    record Placed(long index, byte[] entry, Step step) implements Outcome {}

    /** Somebody else's step has put it at {@code index}. */
    record Found(long index) implements Outcome {}

    /** There was no entry, and the step is done. */
    record Done() implements Outcome {}

    /** It has no place that we know of. */
    record Failed(RuntimeException why) implements Outcome {}
  }

  /** For nobody's entry: whatever is pending is to be integrated. */
  static Ticket forNobody() {
    return new Ticket(null, new byte[0]);
  }

  /** What one step has signed, and what it takes to prove the entries of the step. */
  record Step(GrowingTree.Snapshot edge, Note checkpoint) {}

  /** For a new entry, which the step itself writes. */
  static Ticket forNew(byte[] entry) {
    return new Ticket(null, entry);
  }

  /** For an entry that the caller has committed as pending. */
  static Ticket forPending(PendingEntry pending) {
    return new Ticket(pending, new byte[0]);
  }

  @Nullable PendingEntry pending() {
    return pending;
  }

  boolean isForNobody() {
    return pending == null && entry.length == 0;
  }

  byte[] entry() {
    return entry;
  }

  @Nullable Outcome outcome() {
    return outcome;
  }

  /** Sets the outcome without waking the caller. */
  void settle(Outcome settled) {
    outcome = settled;
  }

  /** Makes the caller the leader of the next step. */
  void appoint() {
    leader = true;
    LockSupport.unpark(caller);
  }

  /** Wakes the caller, unless that is who asks. */
  void wake() {
    if (caller != Thread.currentThread()) {
      LockSupport.unpark(caller);
    }
  }

  /** Whether each of these has its outcome. */
  static boolean areSettled(List<Ticket> tickets) {
    for (Ticket ticket : tickets) {
      if (ticket.outcome == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * Waits until all of a caller's tickets are settled (false) or one is appointed (true). Keeps an
   * interrupt for later.
   */
  static boolean awaitAppointment(List<Ticket> tickets) {
    boolean interrupted = false;
    while (!areSettled(tickets) && !isAppointed(tickets)) {
      LockSupport.park(tickets);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return isAppointed(tickets);
  }

  private static boolean isAppointed(List<Ticket> tickets) {
    for (Ticket ticket : tickets) {
      if (ticket.leader) {
        return true;
      }
    }
    return false;
  }

  /**
   * Remembers for a moment where steps have put entries that nobody waited for yet: a step takes
   * what is committed, and the caller who committed it often comes a moment later. They are then
   * answered without a look into the database. Forgets what is taken, and the oldest above {@value
   * #MOST}.
   *
   * <p>The thread that runs steps writes; any thread takes.
   */
  static final class JustPlaced {
    private static final int MOST = 1_024;

    private final Map<Long, Outcome.Placed> places = new ConcurrentHashMap<>();
    private final ArrayDeque<Long> order = new ArrayDeque<>();
    private final Map<Long, Outcome.Placed> uncommitted = new HashMap<>();

    /** Begins a step; what a failed one has added is forgotten. */
    void begin() {
      uncommitted.clear();
    }

    /**
     * Tells those of a batch where the step has put what they wait for, and remembers the rest.
     *
     * @param first index of the first of the pending entries
     */
    void settle(
        List<Ticket> batch,
        List<LogStore.Taken> pending,
        long first,
        Step step,
        Map<Ticket, Outcome> outcomes) {
      if (pending.isEmpty()) {
        return;
      }
      for (int i = 0; i < pending.size(); i++) {
        LogStore.Taken taken = pending.get(i);
        uncommitted.put(taken.ticket(), new Outcome.Placed(first + i, taken.entry(), step));
      }
      for (Ticket ticket : batch) {
        Outcome.Placed place =
            ticket.pending() == null ? null : uncommitted.remove(ticket.pending().ticket());
        if (place != null) {
          outcomes.put(ticket, place);
        }
      }
    }

    /** The step has committed: from now on its places hold. */
    void keep() {
      uncommitted.forEach(
          (ticket, place) -> {
            places.put(ticket, place);
            order.add(ticket);
          });
      uncommitted.clear();
      while (order.size() > MOST) {
        places.remove(order.remove());
      }
    }

    /** Forgets everything, because entries were pruned. */
    void forget() {
      places.clear();
    }

    Optional<Outcome.Placed> take(long ticket) {
      return Optional.ofNullable(places.remove(ticket));
    }
  }
}
