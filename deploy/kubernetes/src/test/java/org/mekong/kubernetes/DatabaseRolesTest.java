package org.mekong.kubernetes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.kubernetes.kustomize.Kustomization;
import org.mekong.kubernetes.manifest.Manifest;
import org.mekong.log.testing.EmbeddedDatabase;

/**
 * The statements that set up the roles of each database, run on a real PostgreSQL as CloudNativePG
 * runs them: the owner may migrate, the runtime role may read and write rows and alter nothing.
 */
class DatabaseRolesTest {

  private static final String PERMISSION_DENIED = "42501";

  private static final EmbeddedDatabase SERVER = EmbeddedDatabase.shared();

  @BeforeAll
  static void setUpAsTheOperatorDoes() throws SQLException {
    for (Manifest cluster :
        Kustomization.render(Overlays.ROOT.resolve("overlays/vn")).ofKind("Cluster").toList()) {
      JsonNode initdb = cluster.at("/spec/bootstrap/initdb");
      String database = initdb.path("database").asText();
      String owner = initdb.path("owner").asText();
      asSuperuser("postgres", "CREATE ROLE " + owner + " LOGIN");
      asSuperuser("postgres", "CREATE DATABASE " + database + " OWNER " + owner);
      for (JsonNode statement : initdb.path("postInitApplicationSQL")) {
        asSuperuser(database, statement.asText());
      }
      as(
          owner,
          database,
          "CREATE TABLE fact (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, word text)",
          "CREATE TABLE counted (id bigserial PRIMARY KEY, word text)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "registry", "gateway"})
  void theRuntimeRoleReadsAndWritesRows(String database) {
    assertDoesNotThrow(
        () ->
            as(
                database + "_runtime",
                database,
                "INSERT INTO fact (word) VALUES ('one')",
                "INSERT INTO counted (word) VALUES ('one')",
                "SELECT word FROM fact FOR UPDATE",
                "UPDATE fact SET word = 'two'",
                "DELETE FROM fact",
                "SELECT pg_advisory_xact_lock_shared(1, 2)"));
  }

  static Stream<String> alterations() {
    return Stream.of(
        "DROP TABLE fact",
        "TRUNCATE fact",
        "ALTER TABLE fact DROP COLUMN word",
        "ALTER TABLE fact DISABLE TRIGGER ALL",
        "CREATE TABLE mine (id bigint)",
        "CREATE INDEX mine ON fact (word)",
        "CREATE TEMPORARY TABLE mine (id bigint)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "GRANT registry_owner TO registry_runtime",
        "SET ROLE registry_owner",
        "COPY fact TO PROGRAM 'cat'");
  }

  @ParameterizedTest
  @MethodSource("alterations")
  void theRuntimeRoleAltersNothing(String statement) {
    SQLException refused =
        assertThrows(SQLException.class, () -> as("registry_runtime", "registry", statement));

    assertEquals(PERMISSION_DENIED, refused.getSQLState(), refused.getMessage());
  }

  @Test
  void theRoleOfAnotherServiceIsNotLetIn() {
    SQLException refused =
        assertThrows(SQLException.class, () -> as("gateway_runtime", "registry", "SELECT 1"));

    assertEquals(PERMISSION_DENIED, refused.getSQLState(), refused.getMessage());
  }

  private static void asSuperuser(String database, String statement) throws SQLException {
    as(SERVER.user(), database, statement);
  }

  private static void as(String role, String database, String... statements) throws SQLException {
    try (Connection connection =
            SERVER.dataSource(database, role, SERVER.password()).getConnection();
        Statement sql = connection.createStatement()) {
      for (String each : statements) {
        sql.execute(each);
      }
    }
  }
}
