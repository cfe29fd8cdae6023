package org.mekong.gateway.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer is of use to its asker, told with each request beside the signed message: a
 * repeat of the same message has another time. It can only make the asked gateway give up sooner,
 * so that it does not work in vain.
 */
public final class TimeLeft {

  /** Milliseconds from when the request is received. */
  public static final String HEADER = "Mekong-Time-Left";

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");
  private static final Duration UNTOLD = Duration.ofMinutes(5);

  private TimeLeft() {}

  static String text(Duration left) {
    return String.valueOf(Math.max(0, left.toMillis()));
  }

  /** Until when an answer is of use; some minutes where that is not told. */
  public static Instant until(@Nullable String header, Instant now) {
    return header != null && MILLIS.matcher(header).matches()
        ? now.plusMillis(Long.parseLong(header))
        : now.plus(UNTOLD);
  }
}
