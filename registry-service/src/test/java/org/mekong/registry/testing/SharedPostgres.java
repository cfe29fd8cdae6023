package org.mekong.registry.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.mekong.log.testing.EmbeddedDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one embedded PostgreSQL of this JVM. Quarkus loads a test's classes anew for each profile,
 * and with them {@link EmbeddedDatabase}: only the first of them may start a server.
 */
final class SharedPostgres {

  static final String USER = "postgres";
  static final String PASSWORD = "postgres";

  private static final String PORT = "embedded-postgresql.port";

  private SharedPostgres() {}

  /** Makes a database and returns its JDBC URL. */
  static String create(String database) {
    String port = System.getProperty(PORT);
    if (port == null) {
      port = Integer.toString(EmbeddedDatabase.shared().port());
      System.setProperty(PORT, port);
    }
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl("jdbc:postgresql://localhost:" + port + "/postgres");
    server.setUser(USER);
    server.setPassword(PASSWORD);
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + database);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the database " + database, e);
    }
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }
}
