package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.tile.GrowingTree;

/**
 * Integration steps: under a lock on the head of the log, all waiting entries get the next indices,
 * the tree grows over them and a checkpoint is signed; one commit. Used by one thread at a time in
 * a JVM; between JVMs the database's lock decides.
 */
final class Integrator {
  /** Up to how many entries of other replicas a tree is caught up with, rather than read anew. */
  private static final int CATCH_UP_LIMIT = 1_024;

  /** How often a step looks for entries that nobody waits for, in nanoseconds. */
  private static final long SWEEP_INTERVAL = 1_000_000_000;

  private final DataSource database;
  private final LogSettings settings;
  private final LogStore store;
  private final TileStore tiles;

  /** What this JVM last saw of the head; absent when it must be read again. */
  private @Nullable Known known;

  /** The highest ticket that was taken, and when all tickets were looked through last. */
  private long highestTaken;

  private long sweptAt = System.nanoTime() - SWEEP_INTERVAL;

  /** Kept from step to step while callers wait, who else would keep the pool from the next step. */
  private @Nullable Connection held;

  @FunctionalInterface
  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private record Known(byte[] checkpoint, GrowingTree tree, byte[] root) {}

  /** The largest tree that this JVM has seen committed: the log may never be anything else. */
  private Seen seen = new Seen(0, MerkleHash.empty());

  private final Ticket.JustPlaced placed = new Ticket.JustPlaced();

  private record Seen(long size, byte[] root) {}

  Integrator(DataSource database, LogSettings settings, LogStore store, TileStore tiles) {
    this.database = database;
    this.settings = settings;
    this.store = store;
    this.tiles = tiles;
  }

  /** Reads the head and the right edge, and refuses a log that does not fit together. */
  void load(Connection connection) throws SQLException {
    known = current(connection, store.head(connection));
  }

  private Known current(Connection connection, LogStore.Head head) throws SQLException {
    Known last = known;
    if (last != null && Arrays.equals(last.checkpoint(), head.checkpoint())) {
      return last;
    }
    known = null; // until what is stored is found good
    Checkpoint checkpoint = checkpoint(head.checkpoint());
    if (checkpoint.size() < seen.size()) {
      throw new LogException(
          "the log was set back: it had %d entries, now it has %d"
              .formatted(seen.size(), checkpoint.size()));
    }
    GrowingTree tree;
    if (last != null && head.size() - last.tree().size() <= CATCH_UP_LIMIT) {
      tree = caughtUp(connection, last.tree(), head.size());
    } else {
      tree = tree(connection, head.size());
      requireToContinue(connection, head);
    }
    if (checkpoint.size() != head.size()
        || tree.size() != head.size()
        || !Arrays.equals(checkpoint.root(), tree.root())) {
      throw new LogException(
          "the stored log is damaged: its tree of "
              + head.size()
              + " entries has another root than its checkpoint of "
              + checkpoint.size());
    }
    seen = new Seen(checkpoint.size(), checkpoint.root());
    return new Known(head.checkpoint(), tree, checkpoint.root());
  }

  private void requireToContinue(Connection connection, LogStore.Head head) throws SQLException {
    if (seen.size() <= head.firstIndex()) {
      return; // nothing seen, or pruned since
    }
    byte[] root = MerkleTree.root(seen.size(), tiles.tree(connection));
    if (!Arrays.equals(root, seen.root())) {
      throw new LogException(
          "the log was forked: its first %d entries are not those it had".formatted(seen.size()));
    }
  }

  private GrowingTree caughtUp(Connection connection, GrowingTree tree, long size)
      throws SQLException {
    List<GrowingTree.FinishedTile> finished = new ArrayList<>();
    for (byte[] leafHash : tiles.leafHashes(connection, tree.size(), size)) {
      tree.append(leafHash, finished);
    }
    return tree;
  }

  private GrowingTree tree(Connection connection, long size) throws SQLException {
    try {
      return GrowingTree.load(
          size, (level, index, width) -> tiles.hashesBelow(connection, level, index, width));
    } catch (IllegalArgumentException e) {
      throw new LogException("the stored log is damaged: " + e.getMessage(), e);
    }
  }

  private Checkpoint checkpoint(byte[] bytes) {
    try {
      Note note = Note.parse(bytes);
      note.requireSignedBy(settings.key());
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!checkpoint.origin().equals(settings.origin())) {
        throw new LogException("the stored checkpoint is that of " + checkpoint.origin());
      }
      return checkpoint;
    } catch (NoteException e) {
      throw new LogException("the stored checkpoint is not ours: " + e.getMessage(), e);
    }
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
    try {
      Connection connection = held == null ? database.getConnection() : held;
      held = connection;
      connection.setAutoCommit(false);
      work.run(connection);
      connection.commit();
      if (known != null) {
        seen = new Seen(known.tree().size(), known.root());
      }
    } catch (SQLException e) {
      abandon(e);
      throw new LogException("the database failed: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      abandon(e);
      throw e;
    }
  }

  private void abandon(Throwable cause) {
    known = null;
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
        known = null; // the connection broke while nothing was under way
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
      findElsewhere(connection, locked.head().firstIndex(), batch, outcomes);
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
    Known current = current(connection, head);
    known = null; // until the new state is complete
    GrowingTree tree = current.tree();
    List<GrowingTree.FinishedTile> finished = new ArrayList<>();
    rows.forEach(row -> tree.append(row.leafHash(), finished));
    byte[] root = tree.root();
    Note checkpoint = sign(tree.size(), root);
    byte[] note = checkpoint.bytes();
    store.insertTiles(connection, finished);
    store.insertAndAdvance(connection, head.size(), rows, note, commit);
    known = new Known(note, tree, root);
    return new Ticket.Step(tree.snapshot(finished), checkpoint);
  }

  /** Looks for entries that a step of another replica, or of somebody who did not wait, took. */
  private void findElsewhere(
      Connection connection,
      long firstIndex,
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
    Map<Long, Long> found = store.findTickets(connection, from, List.copyOf(missing));
    for (Ticket ticket : batch) {
      PendingEntry pending = ticket.pending();
      if (pending != null && !outcomes.containsKey(ticket)) {
        Long index = found.get(pending.ticket());
        outcomes.put(
            ticket,
            index == null
                ? new Ticket.Outcome.Failed(absent(pending, firstIndex))
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
