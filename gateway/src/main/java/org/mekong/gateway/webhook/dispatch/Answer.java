package org.mekong.gateway.webhook.dispatch;

import java.time.Duration;

/** What came of sending a message. */
sealed interface Answer {

  /**
   * The receiver answered.
   *
   * @param retryAfter how long it wants to be left alone; zero when it did not say
   */
  record Status(int code, Duration retryAfter) implements Answer {}

  /**
   * It did not.
   *
   * @param outcome one word of why, which tells nothing of the receiver's network
   */
  record Failure(String outcome) implements Answer {}
}
