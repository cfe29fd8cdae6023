package org.mekong.gateway.startup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the runtime role of the database may do beyond reading and writing rows. */
final class DatabaseRole {

  private static final String POWERS =
      """
      SELECT
        (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
        EXISTS (SELECT FROM pg_tables
                WHERE schemaname = 'public' AND pg_has_role(current_user, tableowner, 'USAGE')),
        has_schema_privilege(current_user, 'public', 'CREATE')""";

  private DatabaseRole() {}

  static List<String> excessivePowers(Connection connection) throws SQLException {
    var powers = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(POWERS)) {
      row.next();
      if (row.getBoolean(1)) {
        powers.add("is a superuser");
      }
      if (row.getBoolean(2)) {
        powers.add("owns tables, so it may alter them");
      }
      if (row.getBoolean(3)) {
        powers.add("may create tables in the schema public");
      }
    }
    return powers;
  }
}
