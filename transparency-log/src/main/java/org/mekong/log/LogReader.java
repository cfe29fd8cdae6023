package org.mekong.log;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.storage.CosignedStore;
import org.mekong.log.storage.TileStore;
import org.mekong.log.tile.EntryBundle;
import org.mekong.log.tile.TilePath;
import org.mekong.log.verify.TlogProof;

/** Everything that is read from a log: checkpoints, tiles, bundles, proofs. */
final class LogReader {
  private final DataSource database;
  private final String origin;
  private final LogStore store;
  private final TileStore tiles;

  LogReader(DataSource database, String origin, LogStore store, TileStore tiles) {
    this.database = database;
    this.origin = origin;
    this.store = store;
    this.tiles = tiles;
  }

  byte[] checkpoint() {
    return query(
        connection -> {
          Optional<CosignedStore.Cosigned> cosigned =
              CosignedStore.newest(connection, store.logId());
          return cosigned.isPresent()
              ? cosigned.get().checkpoint()
              : store.head(connection).checkpoint();
        });
  }

  byte[] signedCheckpoint() {
    return query(connection -> store.head(connection).checkpoint());
  }

  boolean isSealed() {
    return query(connection -> store.head(connection).sealed());
  }

  long firstIndex() {
    return query(connection -> store.head(connection).firstIndex());
  }

  Optional<byte[]> entry(long index) {
    return index < 0
        ? Optional.empty()
        : query(connection -> tiles.entries(connection, index, 1).stream().findFirst());
  }

  Freshness freshness() {
    return query(
        connection -> {
          long size = store.head(connection).size();
          Optional<CosignedStore.Cosigned> cosigned =
              CosignedStore.newest(connection, store.logId());
          return new Freshness(
              size,
              cosigned.map(CosignedStore.Cosigned::size).orElse(0L),
              cosigned.map(CosignedStore.Cosigned::cosignedAt));
        });
  }

  Optional<LogResource> read(String path) {
    if (path.equals("checkpoint")) {
      return Optional.of(LogResource.checkpoint(checkpoint()));
    }
    return TilePath.parse(path).flatMap(tile -> query(connection -> read(connection, tile)));
  }

  private Optional<LogResource> read(Connection connection, TilePath path) throws SQLException {
    if (path.level() * TilePath.HEIGHT >= Long.SIZE - TilePath.HEIGHT
        || path.index() >= Long.MAX_VALUE / TilePath.FULL_WIDTH - 1) {
      return Optional.empty();
    }
    return switch (path.kind()) {
      case ENTRIES -> {
        long first = path.index() * TilePath.FULL_WIDTH;
        List<byte[]> entries = tiles.entries(connection, first, path.width());
        yield resource(path, entries.size(), EntryBundle.of(entries));
      }
      case HASHES -> {
        if (path.isFull()) {
          yield tiles.fullTile(connection, path.level(), path.index()).map(LogResource::fullTile);
        }
        List<byte[]> hashes =
            tiles.hashesBelow(connection, path.level(), path.index(), path.width());
        yield resource(path, hashes.size(), concat(hashes));
      }
    };
  }

  private static Optional<LogResource> resource(TilePath path, int width, byte[] bytes) {
    if (width < path.width()) {
      return Optional.empty();
    }
    return Optional.of(
        path.isFull() ? LogResource.fullTile(bytes) : LogResource.partialTile(bytes));
  }

  private static byte[] concat(List<byte[]> hashes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    hashes.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  Receipt receipt(long index) {
    return query(
        connection -> {
          Note note = parse(store.head(connection).checkpoint());
          Checkpoint checkpoint = parse(note);
          Optional<CosignedStore.Cosigned> cosigned =
              CosignedStore.newest(connection, store.logId());
          if (cosigned.isPresent() && index < cosigned.get().size()) {
            note = parse(cosigned.get().checkpoint());
            checkpoint = parse(note);
          }
          List<byte[]> entry =
              index < 0 || index >= checkpoint.size()
                  ? List.of()
                  : tiles.entries(connection, index, 1);
          if (entry.isEmpty()) {
            throw new IllegalArgumentException("the log has no entry " + index + " to show");
          }
          List<byte[]> siblings =
              MerkleTree.inclusion(index, checkpoint.size(), tiles.tree(connection));
          byte[] bytes = entry.getFirst();
          String proof = new TlogProof(Optional.of(bytes), index, siblings, note).text();
          return new Receipt(origin, index, checkpoint.size(), bytes, proof);
        });
  }

  List<byte[]> consistencyProof(long oldSize, long size) {
    if (oldSize == 0) {
      return List.of();
    }
    return query(
        connection -> {
          if (size > store.head(connection).size()) {
            throw new IllegalArgumentException("the log has no " + size + " entries");
          }
          return MerkleTree.consistency(oldSize, size, tiles.tree(connection));
        });
  }

  private static Note parse(byte[] note) {
    try {
      return Note.parse(note);
    } catch (NoteException e) {
      throw new LogException("the stored log is damaged: its checkpoint is malformed", e);
    }
  }

  private static Checkpoint parse(Note note) {
    try {
      return Checkpoint.parse(note.text());
    } catch (NoteException e) {
      throw new LogException("the stored log is damaged: its checkpoint is malformed", e);
    }
  }

  private <T> T query(Query<T> query) {
    try (Connection connection = database.getConnection()) {
      return query.run(connection);
    } catch (SQLException e) {
      throw new LogException("the database failed: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Query<T> {
    T run(Connection connection) throws SQLException;
  }
}
