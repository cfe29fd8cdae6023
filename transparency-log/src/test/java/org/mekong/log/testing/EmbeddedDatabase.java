package org.mekong.log.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One real PostgreSQL for all tests of a JVM, started at first use and stopped when the JVM exits.
 *
 * <p>Unlike the defaults of an embedded PostgreSQL it is honest about durability: {@code fsync},
 * {@code full_page_writes} and {@code synchronous_commit} are on. Its data folder is {@code
 * target/postgresql/<process id of this JVM>}; folders and servers that a killed JVM has left
 * behind are removed at the next start. Safe for use by several threads, and by classes that are
 * loaded more than once, as Quarkus does for each test profile: they all find the one server.
 */
public final class EmbeddedDatabase {
  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Path DATA = Path.of("target", "postgresql").toAbsolutePath();

  /**
   * Where copies of this class, from other class loaders, find the server that the first one
   * started.
   */
  private static final String PORT = "embedded-postgresql.port";

  private final int port;
  private final Set<String> databases = new HashSet<>();

  private EmbeddedDatabase(int port) {
    this.port = port;
  }

  /** The server of this JVM; the first call starts it. */
  public static EmbeddedDatabase shared() {
    return Holder.SHARED;
  }

  /**
   * The JDBC URL of a database of this server, without user and password. The database is made when
   * it is absent.
   *
   * @param database lower-case letters, digits and underscores
   */
  public synchronized String jdbcUrl(String database) {
    if (!DATABASE_NAME.matcher(database).matches()) {
      throw new IllegalArgumentException("not a database name: " + database);
    }
    if (databases.add(database)) {
      create(database);
    }
    return url(database);
  }

  /** The owner of every database here. */
  public String user() {
    return "postgres";
  }

  /** The password of {@link #user()}. */
  public String password() {
    return "postgres";
  }

  /** The TCP port on localhost. */
  public int port() {
    return port;
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  /** A data source without a pool, as the owner; the database is made when it is absent. */
  public DataSource dataSource(String database) {
    return dataSource(database, user(), password());
  }

  /** A data source without a pool, as another role; the database is made when it is absent. */
  public DataSource dataSource(String database, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl(database));
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  private void create(String database) {
    try (Connection connection = DriverManager.getConnection(url("postgres"), user(), password());
        PreparedStatement find =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      find.setString(1, database);
      try (ResultSet found = find.executeQuery()) {
        if (found.next()) {
          return;
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + database);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the database " + database, e);
    }
  }

  private static EmbeddedDatabase find() {
    synchronized (System.getProperties()) {
      String known = System.getProperty(PORT);
      int port = known == null ? start() : Integer.parseInt(known);
      System.setProperty(PORT, Integer.toString(port));
      return new EmbeddedDatabase(port);
    }
  }

  private static int start() {
    Path data = DATA.resolve(Long.toString(ProcessHandle.current().pid()));
    try {
      Files.createDirectories(DATA);
      AbandonedServers.remove(DATA);
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(true)
          .setServerConfig("fsync", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("shared_buffers", "64MB")
          .setServerConfig("max_connections", "200")
          .setServerConfig("unix_socket_directories", "")
          .setPGStartupWait(Duration.ofSeconds(60))
          .start()
          .getPort();
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL did not start in " + data, e);
    }
  }

  private static final class Holder {
    private static final EmbeddedDatabase SHARED = find();
  }
}
