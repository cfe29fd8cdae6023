package org.mekong.gateway.exchange.past;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mekong.gateway.http.RequestIds;

/** The table of forks. Every method works in the caller's transaction. */
public final class KeptForks {

  private static final String ADD =
      """
      INSERT INTO peer_fork (id, nation, peer_version, origin, known, seen, found_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)""";
  private static final String OF =
      """
      SELECT origin, known, seen, found_at FROM peer_fork
      WHERE nation = ? ORDER BY found_at DESC, id LIMIT ?""";
  private static final String NATIONS =
      """
      SELECT DISTINCT nation FROM peer_fork JOIN peer USING (nation)
      WHERE suspended AND peer_version = version""";

  private KeptForks() {}

  static void add(Connection connection, String nation, int version, Forked fork, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setObject(1, RequestIds.next());
      insert.setString(2, nation);
      insert.setInt(3, version);
      insert.setString(4, fork.seen().origin());
      insert.setString(5, fork.known().note());
      insert.setString(6, fork.seen().note());
      insert.setObject(7, now.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  /** The forks that were found of a peer, the newest first. */
  public static List<PeerFork> of(Connection connection, String nation, int most)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF)) {
      select.setString(1, nation);
      select.setInt(2, most);
      List<PeerFork> forks = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          forks.add(
              new PeerFork(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getTimestamp(4).toInstant()));
        }
      }
      return forks;
    }
  }

  /** The nations whose peers are suspended for a fork. */
  static Set<String> nations(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NATIONS);
        ResultSet row = select.executeQuery()) {
      Set<String> nations = new HashSet<>();
      while (row.next()) {
        nations.add(row.getString(1));
      }
      return nations;
    }
  }
}
