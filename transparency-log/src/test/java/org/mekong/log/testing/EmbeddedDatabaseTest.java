package org.mekong.log.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTest {
  @Test
  void isAsDurableAsARealOne() throws SQLException {
    assertEquals("on", show("fsync"));
    assertEquals("on", show("synchronous_commit"));
    assertEquals("on", show("full_page_writes"));
  }

  @Test
  void makesADatabaseOnceAndNamesIt() throws SQLException {
    String url = EmbeddedDatabase.shared().jdbcUrl("made_once");

    assertEquals(url, EmbeddedDatabase.shared().jdbcUrl("made_once"));
    try (Connection connection =
        EmbeddedDatabase.shared().dataSource("made_once").getConnection()) {
      assertEquals("made_once", connection.getCatalog());
    }
  }

  @Test
  void refusesANameThatWouldNeedQuotes() {
    assertThrows(
        IllegalArgumentException.class, () -> EmbeddedDatabase.shared().jdbcUrl("a; DROP b"));
  }

  private static String show(String setting) throws SQLException {
    try (Connection connection = EmbeddedDatabase.shared().dataSource("settings").getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      result.next();
      return result.getString(1);
    }
  }
}
