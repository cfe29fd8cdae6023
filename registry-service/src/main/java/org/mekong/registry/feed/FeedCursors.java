package org.mekong.registry.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.mekong.registry.cursor.Sealed;
import org.mekong.registry.problem.Problem;

/**
 * Makes cursors of the feed and knows them again: a place, bound to this register's feed and to the
 * filter. They are bound to no caller, because they give no permission: a system may go on under
 * another name. Thread-safe.
 */
@ApplicationScoped
public class FeedCursors {

  private static final int PLACE = 2 * Long.BYTES;
  private static final int SEAL = 16;

  private final Sealed sealed;

  /** Of the feed in a database. */
  public FeedCursors(DataSource database) {
    sealed = new Sealed(PLACE, SEAL, () -> secret(database));
  }

  /** A cursor. */
  public String seal(FeedEntry.Place place, FeedFilter filter) {
    ByteBuffer bytes = ByteBuffer.allocate(PLACE).putLong(place.position()).putLong(place.mark());
    return sealed.seal(bytes, bytes(filter));
  }

  /** The place of a cursor; nothing when it is not one of this feed and filter. */
  public Optional<FeedEntry.Place> open(String cursor, FeedFilter filter) {
    return sealed
        .open(cursor, bytes(filter))
        .map(bytes -> new FeedEntry.Place(bytes.getLong(), bytes.getLong()));
  }

  /** The place of a cursor. */
  public FeedEntry.Place require(String cursor, FeedFilter filter) {
    return open(cursor, filter)
        .orElseThrow(
            () ->
                Problem.INVALID_CURSOR.because(
                    "The cursor was not given out by this feed for these filters.", "cursor/seal"));
  }

  private static byte[] bytes(FeedFilter filter) {
    return filter.identity().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] secret(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select secret from change_feed where id = 1");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBytes(1);
    }
  }
}
