package org.mekong.log.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The newest cosigned checkpoint of a log in the database. */
public final class CosignedStore {
  private static final String NEWEST =
      "SELECT size, checkpoint, cosigned_at FROM log_cosigned_checkpoint WHERE log_id = ?";
  private static final String KEEP =
      "INSERT INTO log_cosigned_checkpoint AS kept (log_id, size, checkpoint, cosigned_at)"
          + " VALUES (?, ?, ?, ?) ON CONFLICT (log_id) DO UPDATE SET size = excluded.size,"
          + " checkpoint = excluded.checkpoint, cosigned_at = excluded.cosigned_at"
          + " WHERE (excluded.size, excluded.cosigned_at) >= (kept.size, kept.cosigned_at)";

  private CosignedStore() {}

  /** A checkpoint with its cosignatures, and when the newest of them was made. */
  public record Cosigned(long size, byte[] checkpoint, Instant cosignedAt) {}

  /** What is kept; empty when there is none. */
  public static Optional<Cosigned> newest(Connection connection, int logId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
      select.setInt(1, logId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Cosigned(
                    row.getLong(1),
                    row.getBytes(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  /** Keeps a cosigned checkpoint unless a newer one is kept already. */
  public static void keep(Connection connection, int logId, Cosigned cosigned) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
      insert.setInt(1, logId);
      insert.setLong(2, cosigned.size());
      insert.setBytes(3, cosigned.checkpoint());
      insert.setObject(4, cosigned.cosignedAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }
}
