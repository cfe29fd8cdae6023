package org.mekong.log.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mekong.log.tile.TileNodes;
import org.mekong.log.tile.TilePath;
import org.mekong.log.tile.TiledTree;

/** Reads entries and tiles of one log. */
public final class TileStore {
  private static final String LEAF_HASHES =
      "SELECT leaf_hash FROM log_entry WHERE log_id = ? AND entry_index >= ? AND entry_index < ?"
          + " ORDER BY entry_index";
  private static final String ROOT_HASHES =
      "SELECT root_hash FROM log_tile WHERE log_id = ? AND level = ? AND tile_index >= ?"
          + " AND tile_index < ? ORDER BY tile_index";
  private static final String TILE =
      "SELECT hashes FROM log_tile WHERE log_id = ? AND level = ? AND tile_index = ?";
  private static final String ENTRIES =
      "SELECT entry FROM log_entry WHERE log_id = ? AND entry_index >= ? AND entry_index < ?"
          + " ORDER BY entry_index";

  private final int logId;

  /** The tiles of a log by its key in the database. */
  public TileStore(int logId) {
    this.logId = logId;
  }

  /** The leaf hashes of the entries from one index to before another. */
  public List<byte[]> leafHashes(Connection connection, long from, long to) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LEAF_HASHES)) {
      select.setInt(1, logId);
      select.setLong(2, from);
      select.setLong(3, to);
      return column(select);
    }
  }

  /** The nodes of the tree, for one proof or so. */
  public TiledTree<SQLException> tree(Connection connection) {
    return new TiledTree<>((level, index) -> nodes(connection, level, index));
  }

  /** The first {@code width} hashes of a tile, read from what is below it; fewer when absent. */
  public List<byte[]> hashesBelow(Connection connection, int level, long index, int width)
      throws SQLException {
    long first = index * TilePath.FULL_WIDTH;
    if (level == 0) {
      return leafHashes(connection, first, first + width);
    }
    try (PreparedStatement select = connection.prepareStatement(ROOT_HASHES)) {
      select.setInt(1, logId);
      select.setInt(2, level - 1);
      select.setLong(3, first);
      select.setLong(4, first + width);
      return column(select);
    }
  }

  /** A full tile; empty when it is not full or was pruned. */
  public Optional<byte[]> fullTile(Connection connection, int level, long index)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TILE)) {
      select.setInt(1, logId);
      select.setInt(2, level);
      select.setLong(3, index);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  /** The nodes of a tile, as wide as it is now. */
  public TileNodes nodes(Connection connection, int level, long index) throws SQLException {
    Optional<byte[]> full = fullTile(connection, level, index);
    if (full.isPresent()) {
      return TileNodes.of(full.get());
    }
    TileNodes tile = new TileNodes();
    hashesBelow(connection, level, index, TilePath.FULL_WIDTH).forEach(tile::append);
    return tile;
  }

  /** Entries in their order; fewer than {@code count} when the log is shorter or was pruned. */
  public List<byte[]> entries(Connection connection, long first, int count) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
      select.setInt(1, logId);
      select.setLong(2, first);
      select.setLong(3, first + count);
      return column(select);
    }
  }

  private static List<byte[]> column(PreparedStatement select) throws SQLException {
    List<byte[]> values = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        values.add(rows.getBytes(1));
      }
    }
    return values;
  }
}
