package org.mekong.registry.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.cursor.Sealed;

/**
 * Makes cursors and knows them again: a place in a ranked list, bound to the search and to its
 * caller. Thread-safe.
 */
@ApplicationScoped
class CursorSeal {

  private static final int SECRET = 32;
  private static final int PLACE = Integer.BYTES + 2 * Long.BYTES;
  private static final int SEAL = 32;

  private final Sealed sealed;

  CursorSeal(DataSource database) {
    sealed = new Sealed(PLACE, SEAL, () -> secret(database));
  }

  /** A place in a ranked list: after somebody with this score. */
  record Place(int score, UUID personId) {}

  /**
   * A cursor.
   *
   * @param search what the list is of, and for whom
   */
  String seal(Place place, byte[] search) {
    ByteBuffer bytes =
        ByteBuffer.allocate(PLACE)
            .putInt(place.score)
            .putLong(place.personId.getMostSignificantBits())
            .putLong(place.personId.getLeastSignificantBits());
    return sealed.seal(bytes, search);
  }

  /** The place of a cursor; nothing when it is not one of this search and caller. */
  Optional<Place> open(String cursor, byte[] search) {
    return sealed
        .open(cursor, search)
        .map(bytes -> new Place(bytes.getInt(), new UUID(bytes.getLong(), bytes.getLong())));
  }

  /** What a search is, from parts that no other search has in the same order. */
  static byte[] digest(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of a text. */
  static byte[] bytes(@Nullable String text) {
    return (text == null ? "" : text).getBytes(UTF_8);
  }

  /** The first who needs it makes it; everybody reads the one that stayed. */
  private static byte[] secret(DataSource database) throws SQLException {
    byte[] fresh = new byte[SECRET];
    new SecureRandom().nextBytes(fresh);
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into search_secret (id, secret) values (1, ?) on conflict do nothing");
        PreparedStatement select =
            connection.prepareStatement("select secret from search_secret where id = 1")) {
      insert.setBytes(1, fresh);
      insert.executeUpdate();
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    }
  }
}
