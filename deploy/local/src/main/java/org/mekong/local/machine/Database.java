package org.mekong.local.machine;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that the nations share on this machine: an embedded real one, with durable commits
 * and passwords, or one that the user named. Each service gets a database of its own and two roles:
 * the owner, who migrates, and the service, who may only read and write rows.
 */
public final class Database implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final @Nullable EmbeddedPostgres embedded;
  private final Path folder;
  private final String server;
  private final String user;
  private final String password;

  private Database(
      @Nullable EmbeddedPostgres embedded,
      Path folder,
      String server,
      String user,
      String password) {
    this.embedded = embedded;
    this.folder = folder;
    this.server = server;
    this.user = user;
    this.password = password;
  }

  /**
   * Starts the embedded PostgreSQL in {@code folder}, which must not be running: see {@link
   * #stopLeftover}.
   */
  public static Database start(Path folder, int port) throws IOException, StartException {
    Path data = folder.resolve("data");
    Path passwordFile = folder.resolve("password");
    if (!Files.exists(data.resolve("postgresql.conf"))) {
      SecretFiles.write(passwordFile, newPassword());
    }
    String password = Files.readString(passwordFile).strip();
    Path log = folder.resolve("postgresql.log");
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setLocaleConfig("auth-host", "scram-sha-256")
            .setLocaleConfig("auth-local", "scram-sha-256")
            .setLocaleConfig("pwfile", passwordFile.toString())
            .setLocaleConfig("locale", "C.UTF-8")
            .setConnectConfig("password", password)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "100")
            .setServerConfig("shared_buffers", "128MB")
            // What it tidies up in the background leaves the processors to those who wait.
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("autovacuum_max_workers", "1")
            .setServerConfig("autovacuum_vacuum_cost_delay", "10ms");
    try {
      return new Database(
          builder.start(),
          folder,
          "jdbc:postgresql://localhost:" + port + "/",
          "postgres",
          password);
    } catch (IOException | IllegalStateException e) {
      throw new StartException(
          "PostgreSQL does not start (" + e.getMessage() + "); its own words are in " + log, e);
    }
  }

  /** Uses the PostgreSQL that another launcher has started in {@code folder}, and leaves it be. */
  public static Database running(Path folder, int port) throws IOException, StartException {
    if (postmaster(folder.resolve("data")).flatMap(ProcessHandle::of).isEmpty()) {
      throw new StartException("--join: no platform runs on the data in " + folder.getParent());
    }
    return external(
        "jdbc:postgresql://localhost:" + port + "/",
        "postgres",
        Files.readString(folder.resolve("password")).strip());
  }

  /**
   * Uses a PostgreSQL that is there already; {@code url} names any database of it, the user must be
   * able to create databases and roles.
   */
  public static Database external(String url, String user, String password) {
    return new Database(
        null, Path.of(""), url.substring(0, url.lastIndexOf('/') + 1), user, password);
  }

  /** The postmaster's process number where this launcher started it. */
  public Optional<Long> pid(Path folder) throws IOException {
    return embedded == null ? Optional.empty() : postmaster(folder.resolve("data"));
  }

  /** The JDBC URL of one database. */
  public String url(String database) {
    return server + database;
  }

  /** The credentials of a service's database. */
  public record Roles(
      String url, String owner, String ownerPassword, String service, String servicePassword) {}

  /**
   * Creates a database and its two roles where they are absent; passwords are kept beside the
   * service's other secrets.
   */
  public Roles provide(String database, Path secrets) throws SQLException, IOException {
    String owner = database + "_owner";
    String ownerPassword = secret(secrets.resolve("database-owner.password"));
    String servicePassword = secret(secrets.resolve("database.password"));
    try (Connection c = connect("postgres");
        Statement s = c.createStatement()) {
      role(c, s, owner, ownerPassword);
      role(c, s, database, servicePassword);
      if (!exists(c, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
        s.execute("GRANT " + quoted(owner) + " TO CURRENT_USER");
        s.execute("CREATE DATABASE " + quoted(database) + " OWNER " + quoted(owner));
        s.execute("REVOKE ALL ON DATABASE " + quoted(database) + " FROM PUBLIC");
        s.execute(
            "GRANT CONNECT, TEMPORARY ON DATABASE " + quoted(database) + " TO " + quoted(database));
      }
    }
    try (Connection c = connect(database);
        Statement s = c.createStatement()) {
      s.execute("GRANT USAGE ON SCHEMA public TO " + quoted(database));
      s.execute("GRANT CREATE ON SCHEMA public TO " + quoted(owner));
      for (String grant :
          List.of("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES")) {
        s.execute(
            "ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA public GRANT %s TO %s"
                .formatted(quoted(owner), grant, quoted(database)));
      }
    }
    return new Roles(url(database), owner, ownerPassword, database, servicePassword);
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  private static void role(Connection c, Statement s, String name, String password)
      throws SQLException {
    String verb = exists(c, "SELECT 1 FROM pg_roles WHERE rolname = ?", name) ? "ALTER" : "CREATE";
    s.execute(verb + " ROLE " + quoted(name) + " LOGIN PASSWORD '" + password + "'");
  }

  private static boolean exists(Connection c, String query, String name) throws SQLException {
    try (PreparedStatement q = c.prepareStatement(query)) {
      q.setString(1, name);
      try (ResultSet found = q.executeQuery()) {
        return found.next();
      }
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A password of hexadecimal digits, so that it needs no quoting anywhere. */
  private static String newPassword() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      SecretFiles.write(file, newPassword());
    }
    return Files.readString(file).strip();
  }

  private static Optional<Long> postmaster(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    return Files.readAllLines(pidFile).stream()
        .findFirst()
        .map(line -> Long.parseLong(line.strip()));
  }

  private static Optional<ProcessHandle> runningPostmaster(Path folder) throws IOException {
    return postmaster(folder.resolve("data"))
        .flatMap(ProcessHandle::of)
        .filter(p -> p.info().command().map(command -> command.endsWith("postgres")).orElse(false));
  }

  /** Whether it has ended by itself, where this launcher started it. */
  public boolean hasEnded() throws IOException {
    return embedded != null && runningPostmaster(folder).isEmpty();
  }

  /**
   * Starts it again after it has ended by itself. What is left of it holds its memory, and without
   * its first process serves nobody: it is ended first.
   */
  public Database again(int port) throws IOException, StartException {
    Path binaries = folder.resolve("binaries").toRealPath();
    List<ProcessHandle> rest =
        ProcessHandle.allProcesses()
            .filter(p -> p.info().command().filter(c -> c.startsWith(binaries + "/")).isPresent())
            .toList();
    rest.forEach(ProcessHandle::destroyForcibly);
    rest.forEach(process -> process.onExit().completeOnTimeout(process, 10, SECONDS).join());
    close(); // what it holds still is the lock on the folder
    return start(folder, port);
  }

  /**
   * An orphan on our own data folder is ours by its postmaster.pid: a second one on the same data
   * must never start.
   */
  public static void stopLeftover(Path folder) throws IOException, StartException {
    Optional<ProcessHandle> leftover = runningPostmaster(folder);
    if (leftover.isEmpty()) {
      return;
    }
    ProcessHandle postmaster = leftover.get();
    postmaster.destroy();
    try {
      for (int i = 0; i < 100 && postmaster.isAlive(); i++) {
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (postmaster.isAlive()) {
      throw new StartException(
          "PostgreSQL of an earlier start (process "
              + postmaster.pid()
              + ") does not stop: end it by hand");
    }
  }

  /** Ends it; one that does not end when it is asked to, as after a crash in a crash, is killed. */
  @Override
  public void close() throws IOException {
    if (embedded != null) {
      Optional<ProcessHandle> postmaster = runningPostmaster(folder);
      embedded.close();
      postmaster
          .filter(ProcessHandle::isAlive)
          .ifPresent(
              stuck -> {
                stuck.descendants().forEach(ProcessHandle::destroyForcibly);
                stuck.destroyForcibly();
              });
    }
  }
}
