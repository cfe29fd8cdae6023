package org.mekong.gateway.operation.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.operation.Operation;
import org.mekong.gateway.operation.Operations;

/**
 * The right to attempt an operation, which one replica has at a time and for a time only. The
 * database's clock decides.
 *
 * @param question sealed
 */
record Claim(Operation operation, UUID token, byte[] question) {

  private static final String TAKE =
      "UPDATE operation SET claim = ?, claimed_until = now() + ? * interval '1 millisecond',"
          + " attempts = attempts + 1"
          + " WHERE operation_id = (SELECT operation_id FROM operation WHERE state = 'pending'"
          + " AND due_at <= now() AND (claimed_until IS NULL OR claimed_until < now())"
          + " AND country <> ALL (?) ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
          + " RETURNING question, "
          + Operations.columns();
  private static final String LEAVE =
      """
      UPDATE operation SET claim = NULL, claimed_until = NULL, failure = ?,
        due_at = LEAST(now() + ? * interval '1 millisecond',
                       GREATEST(expires_at, now() + interval '1 second'))
      WHERE operation_id = ? AND claim = ?""";
  private static final String HASTEN =
      """
      UPDATE operation SET due_at = now()
      WHERE operation_id IN (SELECT operation_id FROM operation WHERE country = ?
        AND state = 'pending' AND due_at > now() AND claim IS NULL FOR UPDATE SKIP LOCKED)""";

  /** Claims what is due for longest, of other nations than these. */
  static Optional<Claim> take(Connection connection, Duration length, Collection<String> without)
      throws SQLException {
    UUID token = UUID.randomUUID();
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setObject(1, token);
      update.setLong(2, length.toMillis());
      update.setArray(3, connection.createArrayOf("text", without.toArray()));
      try (ResultSet row = update.executeQuery()) {
        return row.next()
            ? Optional.of(new Claim(Operations.read(row), token, row.getBytes("question")))
            : Optional.empty();
      }
    }
  }

  /** Gives it back; nobody takes it before the pause, or the operation's time, is over. */
  void leave(Connection connection, Duration pause, @Nullable String failure) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LEAVE)) {
      update.setString(1, failure);
      update.setLong(2, pause.toMillis());
      update.setObject(3, operation.id());
      update.setObject(4, token);
      update.executeUpdate();
    }
  }

  /** Ends the pauses of all operations that wait for a nation; returns how many. */
  static int hasten(Connection connection, String country) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(HASTEN)) {
      update.setString(1, country);
      return update.executeUpdate();
    }
  }
}
