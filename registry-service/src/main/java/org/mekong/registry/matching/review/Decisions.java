package org.mekong.registry.matching.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mekong.registry.matching.pair.Verdict;

/** The decisions on each pair; a row is never changed. Works in the caller's transaction. */
@ApplicationScoped
class Decisions {

  /** The decisions on a pair, the first one first. */
  List<Decision> of(Connection connection, UUID duplicate) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select number, decision, reason, decided_by, agency, decided_at, survivor, event_id"
                + " from duplicate_decision where duplicate_id = ? order by number")) {
      select.setObject(1, duplicate);
      List<Decision> decisions = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          decisions.add(
              new Decision(
                  row.getInt("number"),
                  Verdict.ofCode(row.getString("decision")).orElseThrow(),
                  row.getString("reason"),
                  row.getString("decided_by"),
                  row.getString("agency"),
                  row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                  row.getObject("survivor", UUID.class),
                  row.getObject("event_id", UUID.class)));
        }
      }
      return decisions;
    }
  }

  void add(Connection transaction, UUID duplicate, Decision decision) throws SQLException {
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into duplicate_decision (duplicate_id, number, decision, reason, decided_by,"
                + " agency, decided_at, survivor, event_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setObject(1, duplicate);
      insert.setInt(2, decision.number());
      insert.setString(3, decision.verdict().code());
      insert.setString(4, decision.reason());
      insert.setString(5, decision.by());
      insert.setString(6, decision.agency());
      insert.setObject(7, decision.at().atOffset(ZoneOffset.UTC));
      insert.setObject(8, decision.survivor());
      insert.setObject(9, decision.eventId());
      insert.executeUpdate();
    }
  }
}
