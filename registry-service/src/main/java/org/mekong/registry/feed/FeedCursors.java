package org.mekong.registry.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;

/**
 * Makes cursors of the feed and knows them again: a place, bound by HMAC-SHA-256 to this register's
 * feed and to the filter. They are bound to no caller, because they give no permission: a system
 * may go on under another name. Thread-safe.
 */
@ApplicationScoped
public class FeedCursors {

  private static final String HMAC = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int PLACE = 1 + 2 * Long.BYTES;
  private static final int SEAL = 16;
  private static final int LONGEST_TEXT = 64;

  private final DataSource database;
  private volatile @Nullable SecretKeySpec key;

  /** Of the feed in a database. */
  public FeedCursors(DataSource database) {
    this.database = database;
  }

  /** A cursor. */
  public String seal(FeedEntry.Place place, FeedFilter filter) {
    byte[] bytes =
        ByteBuffer.allocate(PLACE)
            .put(VERSION)
            .putLong(place.position())
            .putLong(place.mark())
            .array();
    byte[] sealed = Arrays.copyOf(bytes, PLACE + SEAL);
    System.arraycopy(mac(bytes, filter), 0, sealed, PLACE, SEAL);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** The place of a cursor; nothing when it is not one of this feed and filter. */
  public Optional<FeedEntry.Place> open(String cursor, FeedFilter filter) {
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
    if (!MessageDigest.isEqual(seal, mac(place, filter))) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(place, 1, PLACE - 1);
    return Optional.of(new FeedEntry.Place(bytes.getLong(), bytes.getLong()));
  }

  /** The place of a cursor. */
  public FeedEntry.Place require(String cursor, FeedFilter filter) {
    return open(cursor, filter)
        .orElseThrow(
            () ->
                Problem.INVALID_CURSOR.because(
                    "The cursor was not given out by this feed for these filters.", "cursor/seal"));
  }

  private byte[] mac(byte[] place, FeedFilter filter) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key());
      mac.update(place);
      byte[] whole = mac.doFinal(filter.identity().getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(whole, SEAL);
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

  private byte[] secret() {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select secret from change_feed where id = 1");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBytes(1);
    } catch (SQLException e) {
      throw new IllegalStateException("The secret of cursors cannot be read", e);
    }
  }
}
