package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.LogMigrations;
import org.mekong.log.testing.ReusedConnections;

/** Databases with the tables of the log in them. */
public final class LogTables {
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
    createIn(source);
    return source;
  }

  /** Makes the tables anew in whatever database this is. */
  public static void createIn(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      LogMigrations.run(statement);
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
}
