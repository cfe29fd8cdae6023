package org.mekong.benchmarks.identity;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A durable PostgreSQL in a folder that stays, set up as deploy/local does, with a database for
 * each issuer.
 */
final class IssuerDatabase implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final ProcessHandle postmaster;

  private IssuerDatabase(EmbeddedPostgres server, ProcessHandle postmaster) {
    this.server = server;
    this.postmaster = postmaster;
  }

  static IssuerDatabase start(Path data) throws IOException {
    Files.createDirectories(data.getParent());
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "128MB")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    return new IssuerDatabase(server, ProcessHandle.of(pid).orElseThrow());
  }

  int port() {
    return server.getPort();
  }

  String url(String database) {
    return server.getJdbcUrl("postgres", database);
  }

  /** Makes a database that is empty, whatever was there before. */
  void renew(String database) throws SQLException {
    execute("DROP DATABASE IF EXISTS " + database);
    execute("CREATE DATABASE " + database);
  }

  /** Makes a database where there is none. */
  void provide(String database) throws SQLException {
    if (count("postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'")
        == 0) {
      execute("CREATE DATABASE " + database);
    }
  }

  /** The one number that a query answers. */
  long count(String database, String query) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }

  private void execute(String command) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /** Processor time of this server, in milliseconds: its processes of now. */
  double cpu() {
    return Linux.cpu(postmaster) + postmaster.descendants().mapToDouble(Linux::cpu).sum();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
