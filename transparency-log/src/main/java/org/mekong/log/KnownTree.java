package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.storage.TileStore;
import org.mekong.log.tile.GrowingTree;

/**
 * What this JVM knows of a log's tree: its right edge, read once and grown with each step, and the
 * largest tree that it has seen committed, which the log may never fall behind or leave. Used by
 * one thread at a time, but for {@link #sizeSeen()} and {@link #isLikely()}.
 */
final class KnownTree {
  /** Up to how many entries of other replicas a tree is caught up with, rather than read anew. */
  private static final int CATCH_UP_LIMIT = 1_024;

  /** For how long a head that another replica has moved is likely to be moved again. */
  private static final long OVERTAKEN_FOR = 10_000_000_000L; // nanoseconds

  private final LogSettings settings;
  private final TileStore tiles;

  /** What was last seen of the head; absent when it must be read again. */
  private @Nullable Known known;

  private volatile long overtakenAt = System.nanoTime() - OVERTAKEN_FOR;
  private volatile Seen seen = new Seen(0, MerkleHash.empty());

  private record Known(byte[] checkpoint, GrowingTree tree, byte[] root) {}

  private record Seen(long size, byte[] root) {}

  KnownTree(LogSettings settings, TileStore tiles) {
    this.settings = settings;
    this.tiles = tiles;
  }

  /** Reads the right edge beneath a head, and refuses a log that does not fit together. */
  void read(Connection connection, LogStore.Head head) throws SQLException {
    known = current(connection, head);
  }

  /** The head as this JVM knows it; the database may have another one in the meantime. */
  Optional<LogStore.Head> head() {
    return Optional.ofNullable(known)
        .map(last -> new LogStore.Head(last.tree().size(), last.checkpoint(), 0, false));
  }

  /** The tree beneath a head, to grow it; until {@link #grown} nothing is known. */
  GrowingTree growing(Connection connection, LogStore.Head head) throws SQLException {
    GrowingTree tree = current(connection, head).tree();
    known = null;
    return tree;
  }

  /** A tree has grown so, in a transaction that is not committed yet. */
  void grown(byte[] checkpoint, GrowingTree tree, byte[] root) {
    known = new Known(checkpoint, tree, root);
  }

  /** The transaction is committed. */
  void committed() {
    Known now = known;
    if (now != null) {
      seen = new Seen(now.tree().size(), now.root());
    }
  }

  /** What became of a transaction is not known: the next step reads the edge again. */
  void forget() {
    known = null;
  }

  /** The size of the largest tree that was seen committed. For any thread. */
  long sizeSeen() {
    return seen.size();
  }

  /** Whether the head is likely to be the known one: no other replica has moved it. Any thread. */
  boolean isLikely() {
    return System.nanoTime() - overtakenAt > OVERTAKEN_FOR;
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
    if (checkpoint.size() > seen.size() && seen.size() > 0) {
      overtakenAt = System.nanoTime();
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
}
