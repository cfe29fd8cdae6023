package org.mekong.registry.matching.pair;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a page in the queue, bound to the query it belongs to. Pages stay in step while
 * scores come and go: a page goes on behind the score and key where the one before ended.
 */
public final class QueueCursor {

  private static final Pattern FORM =
      Pattern.compile(
          "(-?[0-9]{1,4}\\.[0-9]{2})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~([0-9a-f]{1,8})");
  private static final int LONGEST = 200;

  private QueueCursor() {}

  /** The text of a place in a query. */
  public static String write(QueueQuery.Place place, String query) {
    String text = place.score().setScale(2) + "~" + place.id() + "~" + digest(query);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /** The place, unless the text is no cursor of this query. */
  public static Optional<QueueQuery.Place> read(String text, String query) {
    if (text.length() > LONGEST || !text.matches("[A-Za-z0-9_-]+")) {
      return Optional.empty();
    }
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(new String(decoded, US_ASCII));
    if (!matcher.matches() || !digest(query).equals(matcher.group(3))) {
      return Optional.empty();
    }
    return Optional.of(
        new QueueQuery.Place(new BigDecimal(matcher.group(1)), UUID.fromString(matcher.group(2))));
  }

  private static String digest(String query) {
    return Integer.toHexString(query.hashCode());
  }
}
