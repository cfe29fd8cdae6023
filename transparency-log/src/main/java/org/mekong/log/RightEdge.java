package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.tile.TileNodes;
import org.mekong.log.tile.TilePath;
import org.mekong.log.tile.TiledTree;

/**
 * The unfinished tiles of a log, one a level: all of the tree that appending needs. Used by one
 * thread at a time.
 */
final class RightEdge {
  private final List<TileNodes> unfinished = new ArrayList<>();
  private long size;

  /** A tile that an append has finished. */
  record FinishedTile(int level, long index, TileNodes nodes) {}

  /** Reads the right edge of a log of {@code size} entries. */
  static RightEdge load(Connection connection, TileStore tiles, long size) throws SQLException {
    RightEdge edge = new RightEdge();
    edge.size = size;
    for (int level = 0; size >>> (level * TilePath.HEIGHT) > 0; level++) {
      long index = size >>> ((level + 1) * TilePath.HEIGHT);
      int width = TilePath.widthIn(level, index, size);
      TileNodes tile = new TileNodes();
      for (byte[] hash : tiles.hashesBelow(connection, level, index, width)) {
        tile.append(hash);
      }
      if (tile.width() != width) {
        throw new LogException(
            "the stored log is damaged: tile " + level + "/" + index + " is not complete");
      }
      edge.unfinished.add(tile);
    }
    return edge;
  }

  long size() {
    return size;
  }

  /** Appends a leaf and adds the tiles that it finishes to {@code finished}. */
  void append(byte[] leafHash, List<FinishedTile> finished) {
    size++;
    byte[] hash = leafHash;
    for (int level = 0; ; level++) {
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

  byte[] root() {
    return MerkleTree.root(size, tree(List.of()));
  }

  /** The nodes of the tree as far as they lie in unfinished tiles or in these finished ones. */
  TiledTree<RuntimeException> tree(List<FinishedTile> finished) {
    return new TiledTree<>(snapshot(finished)::tile);
  }

  /** Keeps what is needed to prove the entries since the first of these tiles was unfinished. */
  Snapshot snapshot(List<FinishedTile> finished) {
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
  record Snapshot(long size, Map<Place, TileNodes> nodes) {
    record Place(int level, long index) {}

    TileNodes tile(int level, long index) {
      TileNodes tile = nodes.get(new Place(level, index));
      if (tile == null) {
        throw new IllegalStateException("no tile " + level + "/" + index + " at the right edge");
      }
      return tile;
    }
  }
}
