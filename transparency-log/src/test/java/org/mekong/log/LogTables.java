package org.mekong.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.mekong.log.testing.EmbeddedDatabase;

/** Databases with the tables of the log in them. */
public final class LogTables {
  private static final String MIGRATION = "/db/transparency-log/V0_1__create_transparency_log.sql";

  private LogTables() {}

  /** A data source of a database whose tables are new. */
  public static DataSource createIn(String database) {
    DataSource source = EmbeddedDatabase.shared().dataSource(database);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      statement.execute(migration());
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the tables of the log", e);
    }
  }

  private static String migration() {
    try (InputStream sql = TransparencyLog.class.getResourceAsStream(MIGRATION)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
