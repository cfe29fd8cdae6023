package org.mekong.identity.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.identity.account.password.Argon2id;
import org.mekong.identity.journal.JournalUnavailable;

/** What is kept of passwords and one-time codes. */
final class CredentialTable {
  private CredentialTable() {}

  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  static <T> T ask(DataSource database, Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  static Optional<Argon2id.Hash> hash(Connection connection, UUID account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT salt, hash, memory_kib, iterations, lanes FROM account_password"
                + " WHERE account_id = ?")) {
      select.setObject(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Argon2id.Hash(
                    row.getBytes(1),
                    row.getBytes(2),
                    new Argon2id.Costs(row.getInt(3), row.getInt(4), row.getInt(5))))
            : Optional.empty();
      }
    }
  }

  static boolean keep(Connection connection, UUID account, Argon2id.Hash hash, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO account_password"
                + " (account_id, salt, hash, memory_kib, iterations, lanes, set_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET"
                + " salt = excluded.salt, hash = excluded.hash, memory_kib = excluded.memory_kib,"
                + " iterations = excluded.iterations, lanes = excluded.lanes,"
                + " set_at = excluded.set_at")) {
      insert.setObject(1, account);
      insert.setBytes(2, hash.salt());
      insert.setBytes(3, hash.value());
      insert.setInt(4, hash.costs().memoryKib());
      insert.setInt(5, hash.costs().iterations());
      insert.setInt(6, hash.costs().lanes());
      insert.setObject(7, now.atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  static Optional<String> secret(Connection connection, UUID account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT secret_jwe FROM account_totp WHERE account_id = ?")) {
      select.setObject(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  static void keep(Connection connection, UUID account, String sealed, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO account_totp (account_id, secret_jwe, enrolled_at) VALUES (?, ?, ?)"
                + " ON CONFLICT (account_id) DO UPDATE SET secret_jwe = excluded.secret_jwe,"
                + " enrolled_at = excluded.enrolled_at")) {
      insert.setObject(1, account);
      insert.setString(2, sealed);
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  static void forget(Connection connection, UUID account) throws SQLException {
    for (String table : new String[] {"account_password", "account_totp"}) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE account_id = ?")) {
        delete.setObject(1, account);
        delete.executeUpdate();
      }
    }
  }
}
