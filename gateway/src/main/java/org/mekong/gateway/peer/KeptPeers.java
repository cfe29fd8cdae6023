package org.mekong.gateway.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mekong.gateway.json.StrictJson;

/** The table of peers. Every method works in the caller's transaction. */
public final class KeptPeers {

  private static final String SELECT =
      "SELECT nation, description, version, suspended, configured FROM peer";
  private static final String PUT =
      """
      INSERT INTO peer (nation, version, description, suspended, configured, changed_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (nation) DO UPDATE SET version = EXCLUDED.version,
        description = EXCLUDED.description, suspended = EXCLUDED.suspended,
        configured = EXCLUDED.configured, changed_at = EXCLUDED.changed_at""";

  private KeptPeers() {}

  /** Every peer, by nation code. */
  public static List<KeptPeer> all(Connection connection) throws SQLException {
    return after(connection, "", Integer.MAX_VALUE);
  }

  /** Peers whose nation codes come after one. */
  public static List<KeptPeer> after(Connection connection, String nation, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE nation > ? ORDER BY nation LIMIT ?")) {
      select.setString(1, nation);
      select.setInt(2, limit);
      return read(select);
    }
  }

  /** The peer of a nation. */
  public static Optional<KeptPeer> find(Connection connection, String nation) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE nation = ?")) {
      select.setString(1, nation);
      return read(select).stream().findFirst();
    }
  }

  /** Adds or replaces a peer. */
  public static void put(Connection connection, KeptPeer peer, Instant now) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      put.setString(1, peer.description().nation());
      put.setInt(2, peer.version());
      put.setString(3, json(peer.description()));
      put.setBoolean(4, peer.suspended());
      put.setBoolean(5, peer.configured());
      put.setObject(6, now.atOffset(ZoneOffset.UTC));
      put.executeUpdate();
    }
  }

  /** A description as it is kept. */
  public static String json(PeerDescription description) {
    try {
      return StrictJson.mapper().writeValueAsString(description);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A description as it was kept. */
  public static PeerDescription parse(String json) {
    try {
      return StrictJson.mapper().readValue(json, PeerDescription.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept peer cannot be read", e);
    }
  }

  private static List<KeptPeer> read(PreparedStatement select) throws SQLException {
    var peers = new ArrayList<KeptPeer>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        peers.add(
            new KeptPeer(
                parse(row.getString("description")),
                row.getInt("version"),
                row.getBoolean("suspended"),
                row.getBoolean("configured")));
      }
    }
    return peers;
  }
}
