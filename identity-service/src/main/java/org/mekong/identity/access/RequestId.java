package org.mekong.identity.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The id of a request: in the answer's header, in every log line, in the journal, in problems. */
public final class RequestId {
  /** Header that carries the id, in and out. */
  public static final String HEADER = "X-Request-Id";

  private static final String MDC_KEY = "requestId";
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestId() {}

  /** The caller's id when it is a UUID in lower case, else a new one. */
  static String accept(@Nullable String sent, Clock clock) {
    String id = sent != null && UUID_TEXT.matcher(sent).matches() ? sent : next(clock);
    MDC.put(MDC_KEY, id);
    return id;
  }

  /** The id of the request that is being served; a new one outside of any. */
  public static String current() {
    return MDC.get(MDC_KEY) instanceof String id ? id : next(Clock.systemUTC());
  }

  /** A UUID of version 7 (RFC 9562): it sorts by time. */
  public static String next(Clock clock) {
    long random = RANDOM.nextLong();
    long high = (clock.millis() << 16) | 0x7000 | (random & 0xfff);
    long low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low).toString();
  }
}
