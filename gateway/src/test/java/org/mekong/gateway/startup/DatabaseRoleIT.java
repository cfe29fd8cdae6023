package org.mekong.gateway.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.log.testing.EmbeddedDatabase;

/** A role that may do more than its work is found. In Quarkus, where the one database runs. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class DatabaseRoleIT {

  @Test
  void aRoleThatMayAlterTablesIsFound() throws Exception {
    EmbeddedDatabase database = EmbeddedDatabase.shared();
    try (Connection owner = database.dataSource("roles").getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE thing (id int)");
      statement.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'");
      statement.execute("GRANT SELECT ON thing TO plain");

      assertEquals(3, DatabaseRole.excessivePowers(owner).size());
      try (Connection plain = database.dataSource("roles", "plain", "plain").getConnection()) {
        assertEquals(List.of(), DatabaseRole.excessivePowers(plain));
      }
    }
  }
}
