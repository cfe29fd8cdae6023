package org.mekong.registry.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;

class OldRowsIT {

  private final DataSource database = EmbeddedDatabase.shared().dataSource("old_rows");

  @Test
  void whatIsOldGoesInAsManyBatchesAsItTakesAndTheRestStays() throws SQLException {
    execute("create table note (owner text, key int, written_at timestamptz)");
    execute(
        "insert into note select 'a', i, '2026-01-01T00:00:00Z'::timestamptz"
            + " - interval '1 second' from generate_series(1, 20001) i");
    execute("insert into note values ('b', 1, '2026-01-01T00:00:00Z'), ('b', 2, now())");

    new OldRows("note", "owner, key", "written_at")
        .forget(database, Instant.parse("2026-01-01T00:00:00Z"));

    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*), min(owner) from note")) {
      row.next();
      assertEquals(2, row.getInt(1));
      assertEquals("b", row.getString(2));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
