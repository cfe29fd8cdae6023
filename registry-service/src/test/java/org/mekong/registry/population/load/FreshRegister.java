package org.mekong.registry.population.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mekong.log.testing.EmbeddedDatabase;

/** An empty register of its own: the tables of the migrations in a new database. */
public record FreshRegister(String name, DataSource database) {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

  /** Makes one. */
  public static FreshRegister create() throws SQLException, IOException {
    String name = "load_" + UUID.randomUUID().toString().substring(0, 8);
    DataSource database = EmbeddedDatabase.shared().dataSource(name);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (Path migration : migrations()) {
        statement.execute(Files.readString(migration, UTF_8));
      }
    }
    return new FreshRegister(name, database);
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      return files.sorted(Comparator.comparingInt(FreshRegister::version)).toList();
    }
  }

  private static int version(Path migration) {
    String name = migration.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  /** The number that a query answers. */
  public long count(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A digest of all rows that a population consists of. */
  String digest() throws SQLException {
    StringBuilder digest = new StringBuilder();
    for (String table :
        List.of(
            "person",
            "person_event",
            "vital_event",
            "identifier",
            "household_member",
            "name_index")) {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select md5(string_agg(md5(t::text), '' order by md5(t::text))) from "
                      + table
                      + " t")) {
        row.next();
        digest.append(table).append(' ').append(row.getString(1)).append('\n');
      }
    }
    return digest.toString();
  }
}
