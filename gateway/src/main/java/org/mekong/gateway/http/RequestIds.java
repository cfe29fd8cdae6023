package org.mekong.gateway.http;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jboss.logging.MDC;

/** Makes request ids (UUID version 7, RFC 9562) and knows the one of the request at hand. */
public final class RequestIds {

  /** Header that carries the id of a request, in and out. */
  public static final String HEADER = "X-Request-Id";

  static final String MDC_KEY = "requestId";

  private static final RandomGenerator RANDOM = new SecureRandom();

  private RequestIds() {}

  /** A new id that sorts by time. */
  public static UUID next() {
    long time = System.currentTimeMillis();
    long high = (time << 16) | 0x7000L | (RANDOM.nextLong() & 0xfffL);
    long low = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /** The id of the request at hand, or a new one outside a request. */
  public static UUID current() {
    return MDC.get(MDC_KEY) instanceof String text ? UUID.fromString(text) : next();
  }
}
