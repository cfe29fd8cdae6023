package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.storage.TileStore;
import org.mekong.log.tile.GrowingTree;

/**
 * Integration steps: under a lock on the head of the log, all waiting entries get the next indices,
 * the tree grows over them and a checkpoint is signed; one commit. Used by one thread at a time in
 * a JVM; between JVMs the database's lock decides.
 */
final class Integrator {
  /** How often a step looks for entries that nobody waits for, in nanoseconds. */
  private static final long SWEEP_INTERVAL = 1_000_000_000;

  private final DataSource database;
  private final LogSettings settings;
  private final LogStore store;
  private final TileStore tiles;
  private final PendingStore pendings;

  /** The highest ticket that was taken, and when all tickets were looked through last. */
  private long highestTaken;

  private long sweptAt = System.nanoTime() - SWEEP_INTERVAL;

  /** Kept from step to step while callers wait, who else would keep the pool from the next step. */
  private @Nullable Connection held;

  @FunctionalInterface
  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private final KnownTree known;
  private final Ticket.JustPlaced placed = new Ticket.JustPlaced();

  /**
   * Held from the lock on the head to the commit: what is known of the tree is for one at a time.
   */
  private final ReentrantLock turn = new ReentrantLock();

  Integrator(DataSource database, LogSettings settings, LogStore store, TileStore tiles) {
    this.database = database;
    this.settings = settings;
    this.store = store;
    this.tiles = tiles;
    this.pendings = new PendingStore(store.logId());
    this.known = new KnownTree(settings, tiles);
  }

  /** Reads the head and the right edge, and refuses a log that does not fit together. */
  void load(Connection connection) throws SQLException {
    known.read(connection, store.head(connection));
  }

  /** Signs the checkpoint of a tree. */
  Note sign(long size, byte[] root) {
    String text = new Checkpoint(settings.origin(), size, root).text();
    return new Note(text, List.of(signer().sign(text)));
  }

  private NoteSigner signer() {
    return settings
        .signer()
        .orElseThrow(
            () -> new LogException("the private key of " + settings.origin() + " is not there"));
  }

  /** Another integrator of the same log, for a thread of its own. */
  Integrator anew() {
    return new Integrator(database, settings, store, tiles);
  }

  /** One step for these callers, and for every pending entry that there is. */
  void step(List<Ticket> batch) {
    Map<Ticket, Ticket.Outcome> outcomes = new HashMap<>();
    placed.begin();
    inTransaction(connection -> step(connection, batch, outcomes, true));
    placed.keep();
    outcomes.forEach(Ticket::settle);
  }

  /** Forgets where steps have put entries: some were pruned. */
  void forgetPlaced() {
    placed.forget();
  }

  /** Where a step of this process has just put an entry whose caller had not come for it yet. */
  Optional<Ticket.Outcome.Placed> justPlaced(PendingEntry entry) {
    return placed.take(entry.ticket());
  }

  /**
   * Integrates what is pending and seals the log in one transaction; returns its checkpoint.
   *
   * @param wait whether to wait for transactions that have appended; otherwise nothing is done
   *     while there is one
   */
  Optional<byte[]> seal(boolean wait) {
    boolean[] done = {true};
    inTransaction(
        connection -> {
          done[0] = store.lockOutAppends(connection, wait);
          if (!done[0]) {
            return;
          }
          Map<Ticket, Ticket.Outcome> none = new HashMap<>();
          while (step(connection, List.of(), none, false) > 0) {
            // until nothing is pending
          }
          store.seal(connection, settings.clock().instant());
        });
    release();
    if (!done[0]) {
      return Optional.empty();
    }
    try (Connection connection = database.getConnection()) {
      return Optional.of(store.head(connection).checkpoint());
    } catch (SQLException e) {
      throw new LogException("the database failed: " + e.getMessage(), e);
    }
  }

  private void inTransaction(Work work) {
    turn.lock();
    try {
      Connection connection = held == null ? database.getConnection() : held;
      held = connection;
      connection.setAutoCommit(false);
      work.run(connection);
      connection.commit();
      known.committed();
    } catch (SQLException e) {
      abandon(e);
      throw new LogException("the database failed: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      abandon(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private void abandon(Throwable cause) {
    known.forget();
    try {
      if (held != null) {
        held.rollback();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    } finally {
      release();
    }
  }

  /** Gives the connection back to the pool. */
  void release() {
    Connection connection = held;
    held = null;
    if (connection != null) {
      try (connection) {
        connection.setAutoCommit(true);
      } catch (SQLException e) {
        // it broke while nothing was under way: the pool will not give it to anybody
      }
    }
  }

  /**
   * Says how many pending entries it has taken.
   *
   * @param commit whether what is written is committed at once, rather than by the caller
   */
  private int step(
      Connection connection,
      List<Ticket> batch,
      Map<Ticket, Ticket.Outcome> outcomes,
      boolean commit)
      throws SQLException {
    LogStore.LockedHead locked = store.lockAndTake(connection, from(batch));
    if (!locked.pending().isEmpty()) {
      highestTaken = Math.max(highestTaken, locked.pending().getLast().ticket());
    }
    List<LogStore.Row> rows = new ArrayList<>();
    List<Ticket> added = new ArrayList<>();
    locked.pending().forEach(taken -> rows.add(row(taken.ticket(), taken.entry())));
    for (Ticket ticket : batch) {
      if (ticket.isForNobody()) {
        outcomes.put(ticket, new Ticket.Outcome.Done());
      } else if (ticket.pending() == null && locked.head().sealed()) {
        outcomes.put(ticket, new Ticket.Outcome.Failed(new LogException.Sealed()));
      } else if (ticket.pending() == null) {
        added.add(ticket);
        rows.add(row(null, ticket.entry()));
      }
    }
    long first = locked.head().size();
    if (!rows.isEmpty()) {
      Ticket.Step step = write(connection, locked.head(), rows, commit);
      for (int i = 0; i < added.size(); i++) {
        long index = first + locked.pending().size() + i;
        Ticket ticket = added.get(i);
        outcomes.put(ticket, new Ticket.Outcome.Placed(index, ticket.entry(), step));
      }
      placed.settle(batch, locked.pending(), first, step, outcomes);
    }
    if (locked.pending().size() < LogStore.PENDING_LIMIT) {
      findElsewhere(connection, locked.head(), first + rows.size(), batch, outcomes);
    } // else there is more to take, and the callers whose entries it holds lead again
    return locked.pending().size();
  }

  /** The ticket to look from: not above one that is waited for, and now and then from the first. */
  private long from(List<Ticket> batch) {
    long now = System.nanoTime();
    boolean sweep = batch.isEmpty() || now - sweptAt >= SWEEP_INTERVAL;
    long from = highestTaken;
    for (Ticket ticket : batch) {
      sweep |= ticket.isForNobody();
      if (ticket.pending() != null) {
        from = Math.min(from, ticket.pending().ticket());
      }
    }
    if (sweep) {
      sweptAt = now;
      return 0;
    }
    return from;
  }

  private static LogStore.Row row(@Nullable Long ticket, byte[] entry) {
    return new LogStore.Row(ticket, MerkleHash.leaf(entry), entry);
  }

  private Ticket.Step write(
      Connection connection, LogStore.Head head, List<LogStore.Row> rows, boolean commit)
      throws SQLException {
    return grow(connection, head, rows, growth -> store.grow(connection, growth, commit));
  }

  @FunctionalInterface
  private interface Store {
    void write(LogStore.Growth growth) throws SQLException;
  }

  private Ticket.Step grow(
      Connection connection, LogStore.Head head, List<LogStore.Row> rows, Store into)
      throws SQLException {
    GrowingTree tree = known.growing(connection, head);
    List<GrowingTree.FinishedTile> finished = new ArrayList<>();
    rows.forEach(row -> tree.append(row.leafHash(), finished));
    byte[] root = tree.root();
    Note checkpoint = sign(tree.size(), root);
    byte[] note = checkpoint.bytes();
    into.write(new LogStore.Growth(head, rows, finished, note));
    known.grown(note, tree, root);
    return new Ticket.Step(tree.snapshot(finished), checkpoint);
  }

  /** Whether no other replica has moved the head lately, so that it is likely to be as known. */
  boolean isAlone() {
    return known.isLikely();
  }

  /**
   * Gives entries their places in the caller's transaction and commits it.
   *
   * @param tickets under which they are found later, one for each entry
   * @param with what is done before, in the same message
   * @param atOnce whether to try it from the head that is known, in one message, rather than to
   *     lock the head first
   * @return in the order of the entries
   * @throws SQLException also when the log is sealed (SQL state 55000) or, at once, when the head
   *     is another one (23502); nothing was committed then
   */
  List<Ticket.Outcome.Placed> placeAndCommit(
      Connection callersTransaction,
      List<PendingEntry> tickets,
      List<byte[]> entries,
      List<PendingEntry.Companion> with,
      boolean atOnce)
      throws SQLException {
    List<LogStore.Row> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      rows.add(row(tickets.get(i).ticket(), entries.get(i)));
    }
    turn.lock();
    try {
      Optional<LogStore.Head> last = known.head();
      Ticket.Step step;
      long first;
      if (atOnce && last.isPresent()) {
        first = last.get().size();
        step =
            grow(
                callersTransaction,
                last.get(),
                rows,
                growth -> store.growAtOnce(callersTransaction, with, growth));
      } else {
        LogStore.Head head = store.lock(callersTransaction, with);
        if (head.sealed()) {
          throw LogStore.sealed();
        }
        first = head.size();
        step = write(callersTransaction, head, rows, true);
      }
      callersTransaction.commit();
      known.committed();
      List<Ticket.Outcome.Placed> places = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        places.add(new Ticket.Outcome.Placed(first + i, entries.get(i), step));
      }
      return places;
    } catch (SQLException | RuntimeException | Error e) {
      known.forget();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /** A size of the log that no entry to come can have an index below. */
  long sizeSeen() {
    return known.sizeSeen();
  }

  /** Looks for entries that a step of another replica, or of somebody who did not wait, took. */
  private void findElsewhere(
      Connection connection,
      LogStore.Head head,
      long end,
      List<Ticket> batch,
      Map<Ticket, Ticket.Outcome> outcomes)
      throws SQLException {
    Set<Long> missing = new HashSet<>();
    long from = Long.MAX_VALUE;
    for (Ticket ticket : batch) {
      PendingEntry pending = ticket.pending();
      if (pending != null && !outcomes.containsKey(ticket)) {
        Optional<Ticket.Outcome.Placed> place = placed.take(pending.ticket());
        if (place.isPresent()) {
          outcomes.put(ticket, place.get());
          continue;
        }
        missing.add(pending.ticket());
        from = Math.min(from, pending.sizeBefore());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    Map<Long, Long> found = pendings.findTickets(connection, from, end, List.copyOf(missing));
    for (Ticket ticket : batch) {
      PendingEntry pending = ticket.pending();
      if (pending != null && !outcomes.containsKey(ticket)) {
        Long index = found.get(pending.ticket());
        outcomes.put(
            ticket,
            index == null
                ? new Ticket.Outcome.Failed(absent(pending, head.firstIndex()))
                : new Ticket.Outcome.Found(index));
      }
    }
  }

  private static LogException absent(PendingEntry pending, long firstIndex) {
    return pending.sizeBefore() < firstIndex
        ? new LogException.Pruned()
        : new LogException("the entry was not committed before it was awaited");
  }
}
