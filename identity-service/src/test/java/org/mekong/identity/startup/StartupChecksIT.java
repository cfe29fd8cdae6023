package org.mekong.identity.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.journal.JournalConfig;
import org.mekong.identity.key.KeyConfig;
import org.mekong.identity.permission.ServedResources;
import org.mekong.identity.testing.TestNode;
import org.mekong.log.year.YearlyLog;

/** Which database roles are too powerful to serve with, and which services are of nothing. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class StartupChecksIT {
  @Inject DataSource superuser;
  @Inject NodeConfig node;
  @Inject IssuerAddress issuer;
  @Inject JournalConfig journal;
  @Inject KeyConfig key;
  @Inject YearlyLog log;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @Test
  void onlyARoleThatReadsAndWritesRowsMayServe() throws Exception {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE checks_owner LOGIN PASSWORD 'x'");
      statement.execute("CREATE ROLE checks_member LOGIN PASSWORD 'x' IN ROLE checks_owner");
      statement.execute("CREATE ROLE checks_maker LOGIN PASSWORD 'x'");
      statement.execute("CREATE ROLE checks_runtime LOGIN PASSWORD 'x'");
      statement.execute("GRANT CREATE ON SCHEMA public TO checks_maker");
      statement.execute("CREATE TABLE things (id int)");
      statement.execute("ALTER TABLE things OWNER TO checks_owner");
      statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON things TO checks_runtime");
    }

    try (Connection connection = superuser.getConnection()) {
      assertTrue(StartupChecks.mayAlterTables(connection), "superuser");
    }
    assertTrue(asRole("checks_owner"), "owner");
    assertTrue(asRole("checks_member"), "member of the owner");
    assertTrue(asRole("checks_maker"), "may make tables");
    assertFalse(asRole("checks_runtime"), "rows only");
  }

  @Test
  void aServiceOfAnUnknownResourceStopsTheStart() {
    ServedResources services =
        new ServedResources(Map.of("vn-desk", "https://elsewhere.example"), issuer.audiences());
    StartupChecks checks = new StartupChecks(node, issuer, journal, key, services, "enabled");

    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> checks.check(new StartupEvent(), superuser, log));

    assertEquals(
        "refusing to start: identity.service.serves.\"vn-desk\": https://elsewhere.example is not of"
            + " identity.resources",
        refused.getMessage());
  }

  private boolean asRole(String role) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, role, "x")) {
      return StartupChecks.mayAlterTables(connection);
    }
  }
}
