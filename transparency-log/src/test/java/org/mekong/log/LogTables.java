package org.mekong.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.ReusedConnections;

/** Databases with the tables of the log in them. */
public final class LogTables {
  private static final List<String> MIGRATIONS =
      List.of("V0_1__create_transparency_log", "V0_3__keep_public_keys");

  private static final Map<String, ReusedConnections> OPEN = new ConcurrentHashMap<>();

  private LogTables() {}

  /** A data source of a database whose tables are new. */
  public static DataSource createIn(String database) {
    ReusedConnections connections =
        new ReusedConnections(EmbeddedDatabase.shared().dataSource(database));
    DataSource source = connections.dataSource();
    ReusedConnections before = OPEN.put(database, connections);
    if (before != null) {
      closeAll(before);
    }
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      for (String migration : MIGRATIONS) {
        statement.execute(text("/db/transparency-log/" + migration + ".sql"));
      }
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the tables of the log", e);
    }
  }

  private static void closeAll(ReusedConnections connections) {
    try {
      connections.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close the connections of a test before", e);
    }
  }

  private static String text(String resource) {
    try (InputStream sql = TransparencyLog.class.getResourceAsStream(resource)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
