package org.mekong.gateway.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;

/** Takes away what tests have administered, so that other tests see the nations they expect. */
public final class Administered {

  private static final String[] STATEMENTS = {
    "DELETE FROM shadow_count",
    "DELETE FROM agreement_shadow",
    "DELETE FROM agreement_signature WHERE id NOT IN ('vn-la', 'vn')",
    "DELETE FROM agreement WHERE id NOT IN ('vn-la', 'vn')",
    "DELETE FROM peer WHERE nation <> 'LA'"
  };

  private Administered() {}

  /** Leaves Laos, its agreement and that of the nation with itself alone. */
  public static void forget(Transactions transactions) throws SQLException {
    transactions.in(Administered::forget);
  }

  private static boolean forget(Connection connection) throws SQLException {
    Revision.AGREEMENTS.advance(connection);
    Revision.PEERS.advance(connection);
    try (Statement statement = connection.createStatement()) {
      for (String each : STATEMENTS) {
        statement.executeUpdate(each);
      }
    }
    return true;
  }
}
