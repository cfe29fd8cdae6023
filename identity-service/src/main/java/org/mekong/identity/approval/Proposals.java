package org.mekong.identity.approval;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The proposals, decided ones included. */
final class Proposals {
  private static final String SELECT =
      "SELECT id, act, target, content, proposed_by, proposed_at, expires_at, status, decided_by,"
          + " decided_at FROM proposal";

  /** Which proposals a list shows. */
  enum Shown {
    PENDING("status = 'pending' AND expires_at > ?"),
    EXPIRED("status = 'pending' AND expires_at <= ?"),
    APPROVED("status = 'approved' AND proposed_at <= ?"),
    REJECTED("status = 'rejected' AND proposed_at <= ?"),
    ALL("proposed_at <= ?");

    private final String condition;

    Shown(String condition) {
      this.condition = condition;
    }
  }

  private Proposals() {}

  static void add(Connection connection, Proposal proposal) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO proposal (id, act, target, content, proposed_by, proposed_at, expires_at)"
                + " VALUES (?, ?, ?, ?::jsonb, ?, ?, ?)")) {
      insert.setObject(1, proposal.id());
      insert.setString(2, proposal.act());
      insert.setString(3, proposal.target());
      insert.setString(4, proposal.content());
      insert.setString(5, proposal.proposedBy());
      insert.setObject(6, utc(proposal.proposedAt()));
      insert.setObject(7, utc(proposal.expiresAt()));
      insert.executeUpdate();
    }
  }

  static Optional<Proposal> find(Connection connection, UUID id) throws SQLException {
    return one(connection, id, "");
  }

  /** Kept from being decided by another until the transaction ends. */
  static Optional<Proposal> hold(Connection connection, UUID id) throws SQLException {
    return one(connection, id, " FOR UPDATE");
  }

  private static Optional<Proposal> one(Connection connection, UUID id, String how)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE id = ?" + how)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** Proposals whose ids come after one: the oldest first. */
  static List<Proposal> after(Connection connection, Shown shown, UUID id, Instant now, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + " WHERE " + shown.condition + " AND id > ? ORDER BY id LIMIT ?")) {
      select.setObject(1, utc(now));
      select.setObject(2, id);
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Proposal> proposals = new ArrayList<>();
        while (rows.next()) {
          proposals.add(read(rows));
        }
        return proposals;
      }
    }
  }

  /**
   * Decides one.
   *
   * @param left what is kept of its content
   */
  static void decide(
      Connection connection, UUID id, String status, String by, Instant now, String left)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE proposal SET status = ?, decided_by = ?, decided_at = ?,"
                + " content = ?::jsonb WHERE id = ? AND status = 'pending'")) {
      update.setString(1, status);
      update.setString(2, by);
      update.setObject(3, utc(now));
      update.setString(4, left);
      update.setObject(5, id);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("a proposal that was held is decided");
      }
    }
  }

  private static Proposal read(ResultSet row) throws SQLException {
    OffsetDateTime decided = row.getObject("decided_at", OffsetDateTime.class);
    return new Proposal(
        row.getObject("id", UUID.class),
        row.getString("act"),
        row.getString("target"),
        row.getString("content"),
        row.getString("proposed_by"),
        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getString("status"),
        Optional.ofNullable(row.getString("decided_by")),
        Optional.ofNullable(decided).map(OffsetDateTime::toInstant));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
