package org.mekong.registry.person.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Who belongs, or belonged, to which household. */
public final class Households {

  private static final String HOLD = "select pg_advisory_xact_lock(?)";
  private static final String MEMBERS =
      "select person_id from household_member where household_id = ?";

  private Households() {}

  /**
   * Everyone who ever belonged to a household, held against others who would become its head until
   * the transaction ends.
   */
  public static Set<UUID> hold(Connection transaction, UUID householdId) throws SQLException {
    try (PreparedStatement hold = transaction.prepareStatement(HOLD)) {
      hold.setLong(1, householdId.getMostSignificantBits() ^ householdId.getLeastSignificantBits());
      hold.execute();
    }
    try (PreparedStatement select = transaction.prepareStatement(MEMBERS)) {
      select.setObject(1, householdId);
      Set<UUID> members = new TreeSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          members.add(rows.getObject(1, UUID.class));
        }
      }
      return members;
    }
  }
}
