package org.mekong.log.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mekong.log.TransparencyLog;

/** The migrations of the log, for databases that no Flyway looks after. */
public final class LogMigrations {
  private static final List<String> ALL =
      List.of("V0_1__create_transparency_log", "V0_3__keep_public_keys");

  private LogMigrations() {}

  /** Makes the tables in an empty schema. */
  public static void run(Statement statement) throws SQLException {
    for (String migration : ALL) {
      statement.execute(text("/db/transparency-log/" + migration + ".sql"));
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
