package org.mekong.local.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  @Test
  void commitsAreDurablePasswordsAreAskedRolesAreNarrowAndDataOutlivesARestart() throws Exception {
    int port = freePort();
    Database.Roles roles;
    try (Database database = Database.start(folder.resolve("postgres"), port)) {
      roles = database.provide("vn_registry", folder.resolve("secrets"));
      database.provide("la_registry", folder.resolve("other"));
      assertEquals("on", asService(roles, "SHOW fsync"));
      assertEquals("on", asService(roles, "SHOW synchronous_commit"));
      asOwner(roles, "CREATE TABLE person (id int)");
      assertEquals("0", asService(roles, "SELECT count(*) FROM person"));
      assertThrows(SQLException.class, () -> asService(roles, "CREATE TABLE mine (id int)"));
      assertThrows(SQLException.class, () -> asService(roles, "DROP TABLE person"));
      assertThrows(
          SQLException.class,
          () -> DriverManager.getConnection(roles.url(), roles.service(), "guess").close());
      assertThrows(
          SQLException.class,
          () ->
              DriverManager.getConnection(
                      database.url("la_registry"), roles.service(), roles.servicePassword())
                  .close());
      asOwner(roles, "INSERT INTO person VALUES (7)");
    }
    try (Database again = Database.start(folder.resolve("postgres"), port)) {
      assertEquals(roles, again.provide("vn_registry", folder.resolve("secrets")));
      assertEquals("7", asService(roles, "SELECT id FROM person"));
    }
  }

  @Test
  void anOrphanOnOurOwnDataIsStoppedBeforeTheNextStart() throws Exception {
    Path postgres = folder.resolve("postgres");
    int port = freePort();
    Database orphan = Database.start(postgres, port);
    long pid = orphan.pid(postgres).orElseThrow();

    Database.stopLeftover(postgres);

    assertTrue(ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
    orphan.close();
    Database.start(postgres, port).close();
  }

  @Test
  void oneThatWasKilledStartsAgainWithWhatWasCommitted() throws Exception {
    Path postgres = folder.resolve("postgres");
    int port = freePort();
    Database killed = Database.start(postgres, port);
    Database.Roles roles = killed.provide("vn_registry", folder.resolve("secrets"));
    asOwner(roles, "CREATE TABLE person AS SELECT 7 AS id");
    assertFalse(killed.hasEnded());

    ProcessHandle first = ProcessHandle.of(killed.pid(postgres).orElseThrow()).orElseThrow();
    first.destroyForcibly();
    for (int i = 0; i < 100 && !killed.hasEnded(); i++) {
      Thread.sleep(50);
    }

    assertTrue(killed.hasEnded());
    try (Database again = killed.again(port)) {
      assertFalse(again.hasEnded());
      assertEquals("7", asService(roles, "SELECT id FROM person"));
    }
  }

  @Test
  void oneThatHangsIsEndedAllTheSame() throws Exception {
    Path postgres = folder.resolve("postgres");
    Database hanging = Database.start(postgres, freePort());
    ProcessHandle postmaster = ProcessHandle.of(hanging.pid(postgres).orElseThrow()).orElseThrow();
    new ProcessBuilder("kill", "-STOP", String.valueOf(postmaster.pid())).start().waitFor();

    hanging.close();

    postmaster.onExit().get(10, TimeUnit.SECONDS);
  }

  private static String asService(Database.Roles roles, String query) throws SQLException {
    return first(roles.url(), roles.service(), roles.servicePassword(), query);
  }

  private static void asOwner(Database.Roles roles, String statement) throws SQLException {
    first(roles.url(), roles.owner(), roles.ownerPassword(), statement);
  }

  private static String first(String url, String user, String password, String sql)
      throws SQLException {
    try (Connection c = DriverManager.getConnection(url, user, password);
        Statement s = c.createStatement()) {
      if (!s.execute(sql)) {
        return "";
      }
      try (ResultSet row = s.getResultSet()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
