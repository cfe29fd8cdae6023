package org.mekong.registry.startup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What the role that serves requests may do beyond reading and writing rows.
 *
 * @param superuser whether it may do everything
 * @param ownsTables whether it owns a table of the schema, and so may alter it
 * @param createsTables whether it may make tables in the schema
 */
record DatabaseRole(boolean superuser, boolean ownsTables, boolean createsTables) {

  private static final String QUERY =
      """
      select
        (select rolsuper from pg_roles where rolname = current_user),
        exists (select 1 from pg_tables
          where schemaname = current_schema() and pg_has_role(tableowner, 'member')),
        has_schema_privilege(current_schema(), 'create')""";

  static DatabaseRole of(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return new DatabaseRole(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
    }
  }

  boolean mayAlterTables() {
    return superuser || ownsTables || createsTables;
  }
}
