package org.mekong.gateway.administration.peers;

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
import org.mekong.gateway.peer.KeptPeers;

/** The table of proposals. Every method works in the caller's transaction. */
final class PeerProposals {

  private static final String SELECT =
      """
      SELECT id, nation, base_version, description, proposed_by, proposed_at, expires_at, status,
        decided_by, decided_at
      FROM peer_proposal""";
  private static final String ADD =
      """
      INSERT INTO peer_proposal
        (id, nation, base_version, description, proposed_by, proposed_at, expires_at, status)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')""";
  private static final String DECIDE =
      "UPDATE peer_proposal SET status = ?, decided_by = ?, decided_at = ? WHERE id = ?";

  private PeerProposals() {}

  static void add(Connection connection, PeerProposal proposal) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setObject(1, proposal.id());
      insert.setString(2, proposal.nation());
      insert.setInt(3, proposal.baseVersion());
      insert.setString(4, KeptPeers.json(proposal.description()));
      insert.setString(5, proposal.proposedBy());
      insert.setObject(6, proposal.proposedAt().atOffset(ZoneOffset.UTC));
      insert.setObject(7, proposal.expiresAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** Kept from being decided by another until the transaction ends. */
  static Optional<PeerProposal> hold(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE id = ? FOR UPDATE")) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  /** Proposals whose ids come after one, which is also by their time. */
  static List<PeerProposal> after(Connection connection, UUID id, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE id > ? ORDER BY id LIMIT ?")) {
      select.setObject(1, id);
      select.setInt(2, limit);
      return read(select);
    }
  }

  static void decide(Connection connection, UUID id, String status, String by, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(DECIDE)) {
      update.setString(1, status);
      update.setString(2, by);
      update.setObject(3, now.atOffset(ZoneOffset.UTC));
      update.setObject(4, id);
      update.executeUpdate();
    }
  }

  private static List<PeerProposal> read(PreparedStatement select) throws SQLException {
    var proposals = new ArrayList<PeerProposal>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        OffsetDateTime decided = row.getObject("decided_at", OffsetDateTime.class);
        proposals.add(
            new PeerProposal(
                row.getObject("id", UUID.class),
                row.getString("nation"),
                row.getInt("base_version"),
                row.getString("status"),
                row.getString("proposed_by"),
                row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant(),
                KeptPeers.parse(row.getString("description"))));
      }
    }
    return proposals;
  }
}
