package org.mekong.log.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.GrowingTree;
import org.mekong.log.tile.TilePath;
import org.mekong.log.tile.TileSource;

/**
 * Verifies a whole log: every entry, every tile, the root and the signatures. Holds one bundle and
 * the right edge of the tree in memory, however long the log is. One instance verifies one log
 * once.
 */
public final class LogVerifier {
  private final TileSource source;
  private final LogExpectation expectation;
  private final GrowingTree tree = new GrowingTree();

  private LogVerifier(TileSource source, LogExpectation expectation) {
    this.source = source;
    this.expectation = expectation;
  }

  /**
   * Verifies a log.
   *
   * @return its checkpoint, which is worth remembering for the next time
   * @throws LogFault naming the first thing that is wrong
   * @throws IOException when the source cannot be read
   */
  public static VerifiedCheckpoint verify(TileSource source, LogExpectation expectation)
      throws LogFault, IOException {
    return new LogVerifier(source, expectation).verify();
  }

  private VerifiedCheckpoint verify() throws LogFault, IOException {
    VerifiedCheckpoint verified = checkpoint();
    Checkpoint checkpoint = verified.checkpoint();
    requireQuorum(verified);
    requireFresh(verified);
    requireNotShrunk(checkpoint);
    requireContinued();
    while (tree.size() < checkpoint.size()) {
      verifyBundle(tree.size() / TilePath.FULL_WIDTH, checkpoint.size());
    }
    verifyUnfinishedTiles(checkpoint.size());
    if (!Arrays.equals(tree.root(), checkpoint.root())) {
      throw new LogFault(
          LogFault.Kind.OTHER_TREE,
          "other tree: the %d entries have another root than the checkpoint"
              .formatted(checkpoint.size()));
    }
    return verified;
  }

  private VerifiedCheckpoint checkpoint() throws LogFault, IOException {
    Optional<byte[]> note = source.read("checkpoint");
    if (note.isEmpty()) {
      throw new LogFault(LogFault.Kind.CHECKPOINT, "the log has no checkpoint");
    }
    try {
      return expectation.policy().verifySignatures(Note.parse(note.get()));
    } catch (NoteException | ProofException e) {
      throw new LogFault(LogFault.Kind.CHECKPOINT, "checkpoint: " + e.getMessage());
    }
  }

  private void requireQuorum(VerifiedCheckpoint verified) throws LogFault {
    if (!expectation.policy().quorum().isMetBy(Set.copyOf(verified.cosigners()))) {
      throw new LogFault(
          LogFault.Kind.MISSING_COSIGNATURE,
          "missing cosignature: the checkpoint of %d entries is cosigned by %s only"
              .formatted(verified.checkpoint().size(), verified.cosigners()));
    }
  }

  private void requireFresh(VerifiedCheckpoint verified) throws LogFault {
    if (expectation.freshness().isEmpty()) {
      return;
    }
    LogExpectation.Freshness freshness = expectation.freshness().get();
    boolean fresh =
        verified
            .cosignedAt()
            .map(at -> !at.isBefore(freshness.now().minus(freshness.limit())))
            .orElse(false);
    if (!fresh) {
      throw new LogFault(
          LogFault.Kind.STALE,
          "stale: the newest cosignature is of %s, more than %s before %s"
              .formatted(
                  verified.cosignedAt().map(Object::toString).orElse("no time"),
                  freshness.limit(),
                  freshness.now()));
    }
  }

  private void requireNotShrunk(Checkpoint checkpoint) throws LogFault {
    if (expectation.remembered().isEmpty()) {
      return;
    }
    Checkpoint remembered = expectation.remembered().get();
    if (!remembered.origin().equals(checkpoint.origin())) {
      throw new LogFault(
          LogFault.Kind.CHECKPOINT,
          "checkpoint: it is of %s, the remembered one of %s"
              .formatted(checkpoint.origin(), remembered.origin()));
    }
    if (remembered.size() > checkpoint.size()) {
      throw new LogFault(
          LogFault.Kind.SHRUNK,
          "shrunk: the log had %d entries, now it has %d"
              .formatted(remembered.size(), checkpoint.size()));
    }
  }

  private void verifyBundle(long index, long size) throws LogFault, IOException {
    List<GrowingTree.FinishedTile> finished = new ArrayList<>();
    if ((index + 1) * TilePath.FULL_WIDTH <= expectation.minimumIndex()) {
      appendPruned(index, size, finished);
    } else {
      appendEntries(index, TilePath.widthIn(0, index, size), finished);
    }
    for (GrowingTree.FinishedTile tile : finished) {
      if (tile.level() > 0) {
        byte[] expected = tile.nodes().hashes(TilePath.FULL_WIDTH);
        requireTile(tile.level(), tile.index(), TilePath.FULL_WIDTH, expected);
      }
    }
  }

  private void appendPruned(long index, long size, List<GrowingTree.FinishedTile> finished)
      throws LogFault, IOException {
    long above = index / TilePath.FULL_WIDTH;
    int place = (int) (index % TilePath.FULL_WIDTH) * MerkleHash.LENGTH;
    byte[] roots = tile(1, above, TilePath.widthIn(1, above, size));
    tree.appendTile(Arrays.copyOfRange(roots, place, place + MerkleHash.LENGTH), finished);
    long remembered = expectation.remembered().map(Checkpoint::size).orElse(0L);
    if (remembered > tree.size() - TilePath.FULL_WIDTH && remembered < tree.size()) {
      throw new LogFault(
          LogFault.Kind.REMOVED_ENTRY,
          "removed entry: the remembered checkpoint of %d entries ends in what was pruned, and cannot be compared"
              .formatted(remembered));
    }
    requireContinued();
  }

  private void appendEntries(long index, int width, List<GrowingTree.FinishedTile> finished)
      throws LogFault, IOException {
    byte[] hashes = tile(0, index, width);
    List<byte[]> entries = entries(index, width);
    for (int i = 0; i < width; i++) {
      byte[] leafHash = MerkleHash.leaf(entries.get(i));
      int start = i * MerkleHash.LENGTH;
      if (!Arrays.equals(leafHash, 0, leafHash.length, hashes, start, start + MerkleHash.LENGTH)) {
        throw new LogFault(
            LogFault.Kind.CHANGED_ENTRY,
            "changed entry: entry %d is not the one that its leaf hash was made of"
                .formatted(index * TilePath.FULL_WIDTH + i));
      }
      tree.append(leafHash, finished);
      requireContinued();
    }
  }

  private void requireContinued() throws LogFault {
    if (expectation.remembered().isEmpty()) {
      return;
    }
    Checkpoint remembered = expectation.remembered().get();
    if (tree.size() == remembered.size() && !Arrays.equals(tree.root(), remembered.root())) {
      throw new LogFault(
          LogFault.Kind.FORK,
          "fork: the first %d entries are not those of the remembered checkpoint"
              .formatted(remembered.size()));
    }
  }

  private void verifyUnfinishedTiles(long size) throws LogFault, IOException {
    for (int level = 1; level < tree.levels(); level++) {
      long index = size >>> ((level + 1) * TilePath.HEIGHT);
      int width = TilePath.widthIn(level, index, size);
      if (width > 0) {
        requireTile(level, index, width, tree.unfinishedHashes(level));
      }
    }
  }

  private void requireTile(int level, long index, int width, byte[] expected)
      throws LogFault, IOException {
    if (!Arrays.equals(tile(level, index, width), expected)) {
      throw new LogFault(
          LogFault.Kind.OTHER_TREE,
          "other tree: tile %d/%d does not fit the tiles below it".formatted(level, index));
    }
  }

  private byte[] tile(int level, long index, int width) throws LogFault, IOException {
    TilePath path = new TilePath(TilePath.Kind.HASHES, level, index, width);
    byte[] tile = read(path);
    int length = width * MerkleHash.LENGTH;
    if (tile.length != length && tile.length != TilePath.FULL_WIDTH * MerkleHash.LENGTH) {
      throw new LogFault(
          LogFault.Kind.OTHER_TREE,
          "other tree: %s has %d bytes instead of %d".formatted(path, tile.length, length));
    }
    return Arrays.copyOf(tile, length);
  }

  private List<byte[]> entries(long index, int width) throws LogFault, IOException {
    TilePath path = new TilePath(TilePath.Kind.ENTRIES, 0, index, width);
    byte[] bundle = read(path);
    return EntryBundle.parse(bundle, width)
        .or(() -> EntryBundle.parse(bundle, TilePath.FULL_WIDTH))
        .orElseThrow(
            () ->
                new LogFault(
                    LogFault.Kind.REMOVED_ENTRY,
                    "removed entry: %s does not hold %d entries".formatted(path, width)));
  }

  /** A partial resource may be gone once the full one is there. */
  private byte[] read(TilePath path) throws LogFault, IOException {
    Optional<byte[]> found = source.read(path.toString());
    if (found.isEmpty() && !path.isFull()) {
      found = source.read(path.full().toString());
    }
    return found.orElseThrow(
        () ->
            new LogFault(
                LogFault.Kind.REMOVED_ENTRY,
                "removed entry: %s is not there, which the checkpoint covers".formatted(path)));
  }
}
