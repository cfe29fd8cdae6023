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
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes cursors and knows them again: a place in a ranked list, bound by HMAC-SHA-256 to the search
 * and to its caller. The secret stands in the register's database, so that all its replicas know
 * each other's cursors.
 */
@ApplicationScoped
class CursorSeal {

  private static final String HMAC = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int SECRET = 32;
  private static final int PLACE = 1 + Integer.BYTES + 2 * Long.BYTES;
  private static final int SEAL = 32;
  private static final int LONGEST_TEXT = 128;

  private final DataSource database;
  private volatile @Nullable SecretKeySpec key;

  CursorSeal(DataSource database) {
    this.database = database;
  }

  /** A place in a ranked list: after somebody with this score. */
  record Place(int score, UUID personId) {}

  /**
   * A cursor.
   *
   * @param search what the list is of, and for whom
   */
  String seal(Place place, byte[] search) {
    byte[] bytes =
        ByteBuffer.allocate(PLACE)
            .put(VERSION)
            .putInt(place.score)
            .putLong(place.personId.getMostSignificantBits())
            .putLong(place.personId.getLeastSignificantBits())
            .array();
    byte[] sealed = Arrays.copyOf(bytes, PLACE + SEAL);
    System.arraycopy(mac(bytes, search), 0, sealed, PLACE, SEAL);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The place of a cursor; nothing when it is not one of this search and caller. */
  Optional<Place> open(String cursor, byte[] search) {
    byte[] sealed;
    try {
      sealed = cursor.length() > LONGEST_TEXT ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (sealed.length != PLACE + SEAL || sealed[0] != VERSION) {
      return Optional.empty();
    }
    byte[] place = Arrays.copyOf(sealed, PLACE);
    byte[] seal = Arrays.copyOfRange(sealed, PLACE, PLACE + SEAL);
    if (!MessageDigest.isEqual(seal, mac(place, search))) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(place, 1, PLACE - 1);
    return Optional.of(new Place(bytes.getInt(), new UUID(bytes.getLong(), bytes.getLong())));
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

  private byte[] mac(byte[] place, byte[] search) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key());
      mac.update(place);
      return mac.doFinal(search);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SecretKeySpec key() {
    SecretKeySpec known = key;
    if (known == null) {
      known = new SecretKeySpec(secret(), HMAC);
      key = known;
    }
    return known;
  }

  /** The first who needs it makes it; everybody reads the one that stayed. */
  private byte[] secret() {
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
    } catch (SQLException e) {
      throw new IllegalStateException("The secret of cursors cannot be read", e);
    }
  }
}
