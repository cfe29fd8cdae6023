package org.mekong.log.tile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mekong.log.merkle.MerkleTree;

/**
 * A tree that leaves are appended to. Of what it has it keeps only the unfinished tiles, one a
 * level: all that appending needs. Used by one thread at a time.
 */
public final class GrowingTree {
  private final List<TileNodes> unfinished = new ArrayList<>();
  private long size;

  /** A tree without leaves. */
  public GrowingTree() {}

  /** A tile that an append has finished. */
  public record FinishedTile(int level, long index, TileNodes nodes) {}

  /**
   * Reads what a tree of some size needs to grow on.
   *
   * @param <X> what reading may throw
   */
  @FunctionalInterface
  public interface Loader<X extends Exception> {
    /** The first {@code width} hashes of an unfinished tile, or fewer when they are not there. */
    List<byte[]> hashes(int level, long index, int width) throws X;
  }

  /**
   * The tree of {@code size} leaves.
   *
   * @throws IllegalArgumentException when the loader finds fewer hashes than there must be
   */
  public static <X extends Exception> GrowingTree load(long size, Loader<X> loader) throws X {
    GrowingTree tree = new GrowingTree();
    tree.size = size;
    for (int level = 0; size >>> (level * TilePath.HEIGHT) > 0; level++) {
      long index = size >>> ((level + 1) * TilePath.HEIGHT);
      int width = TilePath.widthIn(level, index, size);
      TileNodes tile = new TileNodes();
      loader.hashes(level, index, width).forEach(tile::append);
      if (tile.width() != width) {
        throw new IllegalArgumentException(
            "tile " + level + "/" + index + " has " + tile.width() + " hashes instead of " + width);
      }
      tree.unfinished.add(tile);
    }
    return tree;
  }

  public long size() {
    return size;
  }

  /** Appends a leaf and adds the tiles that it finishes to {@code finished}. */
  public void append(byte[] leafHash, List<FinishedTile> finished) {
    size++;
    append(0, leafHash, finished);
  }

  /**
   * Appends a whole tile of leaves, of which only the root is known.
   *
   * @throws IllegalStateException unless the tree ends with a whole tile
   */
  public void appendTile(byte[] root, List<FinishedTile> finished) {
    if (size % TilePath.FULL_WIDTH != 0) {
      throw new IllegalStateException("the tree ends within a tile");
    }
    size += TilePath.FULL_WIDTH;
    if (unfinished.isEmpty()) {
      unfinished.add(new TileNodes());
    }
    append(1, root, finished);
  }

  private void append(int first, byte[] appended, List<FinishedTile> finished) {
    byte[] hash = appended;
    for (int level = first; ; level++) {
      if (level == unfinished.size()) {
        unfinished.add(new TileNodes());
      }
      TileNodes tile = unfinished.get(level);
      tile.append(hash);
      if (!tile.isFull()) {
        return;
      }
      long index = (size >>> ((level + 1) * TilePath.HEIGHT)) - 1;
      finished.add(new FinishedTile(level, index, tile));
      unfinished.set(level, new TileNodes());
      hash = tile.root();
    }
  }

  /** The root hash of the tree as it is now. */
  public byte[] root() {
    return MerkleTree.root(size, snapshot(List.of()).tree());
  }

  /** The hashes of the unfinished tile of a level, concatenated. */
  public byte[] unfinishedHashes(int level) {
    TileNodes tile = unfinished.get(level);
    return tile.hashes(tile.width());
  }

  /** How many levels of tiles the tree has. */
  public int levels() {
    return unfinished.size();
  }

  /** Keeps what it takes to prove the leaves since the first of these tiles was unfinished. */
  public Snapshot snapshot(List<FinishedTile> finished) {
    Map<Snapshot.Place, TileNodes> nodes = new HashMap<>();
    for (int level = 0; level < unfinished.size(); level++) {
      long index = size >>> ((level + 1) * TilePath.HEIGHT);
      nodes.put(new Snapshot.Place(level, index), unfinished.get(level));
    }
    for (FinishedTile tile : finished) {
      nodes.put(new Snapshot.Place(tile.level(), tile.index()), tile.nodes());
    }
    return new Snapshot(size, Map.copyOf(nodes));
  }

  /** The tiles at the right edge of the tree of one size. Thread-safe. */
  public record Snapshot(long size, Map<Place, TileNodes> nodes) {
    /** Where a tile stands. */
    public record Place(int level, long index) {}

    /** The nodes of the tree that lie in these tiles. */
    public TiledTree<RuntimeException> tree() {
      return new TiledTree<>(this::tile);
    }

    private TileNodes tile(int level, long index) {
      TileNodes tile = nodes.get(new Place(level, index));
      if (tile == null) {
        throw new IllegalStateException("no tile " + level + "/" + index + " at the right edge");
      }
      return tile;
    }
  }
}
