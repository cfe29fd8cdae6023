package org.mekong.webhooks.post;

import java.time.Duration;

/** What came of sending a message. */
public sealed interface Answer {

  /**
   * It, in one word: {@code delivered}, {@code gone}, {@code redirect} or {@code refused} by what
   * the receiver answered, or why there is no answer. Tells nothing of the receiver's network.
   */
  String outcome();

  /** How long the receiver wants to be left alone; zero when it did not say. */
  Duration retryAfter();

  /** Whether the receiver took the message. */
  default boolean isDelivered() {
    return outcome().equals(Status.DELIVERED);
  }

  /** Whether the receiver wants nothing any more. */
  default boolean isGone() {
    return outcome().equals(Status.GONE);
  }

  /** The receiver answered. */
  record Status(int code, Duration retryAfter) implements Answer {
    private static final String DELIVERED = "delivered";
    private static final String GONE = "gone";
    private static final int GONE_CODE = 410;

    @Override
    public String outcome() {
      if (code >= 200 && code < 300) {
        return DELIVERED;
      }
      if (code == GONE_CODE) {
        return GONE;
      }
      return code >= 300 && code < 400 ? "redirect" : "refused";
    }
  }

  /**
   * It did not.
   *
   * @param outcome one word of why
   */
  record Failure(String outcome) implements Answer {
    @Override
    public Duration retryAfter() {
      return Duration.ZERO;
    }
  }
}
