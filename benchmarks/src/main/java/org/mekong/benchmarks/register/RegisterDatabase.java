package org.mekong.benchmarks.register;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A durable PostgreSQL with memory as an operator would give it, in a folder that stays, so that a
 * nation is loaded once.
 */
final class RegisterDatabase implements AutoCloseable {

  private final EmbeddedPostgres server;

  private RegisterDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  static RegisterDatabase start(Path data) throws IOException {
    Files.createDirectories(data.getParent());
    return new RegisterDatabase(
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start());
  }

  int port() {
    return server.getPort();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** Rows of a query as text. */
  List<String[]> rows(String query) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String[]> rows = new ArrayList<>();
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = found.getString(i + 1);
        }
        rows.add(row);
      }
      return rows;
    }
  }

  void execute(String statement) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement prepared = connection.createStatement()) {
      prepared.execute(statement);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
