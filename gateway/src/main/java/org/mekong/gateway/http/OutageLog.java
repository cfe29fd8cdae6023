package org.mekong.gateway.http;

import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the process's log of requests that somebody else's failure ended: a line each, without a
 * stack, and of one rule and one who failed not more in a minute than {@value #MOST}. Safe for many
 * threads.
 */
public final class OutageLog {

  private static final int MOST = 60;

  private final Logger log;
  private final MinuteBudget lines = new MinuteBudget(MOST);

  public OutageLog(Class<?> where) {
    this.log = Logger.getLogger(where);
  }

  /**
   * A request ended without an answer.
   *
   * @param requestId by which the transparency log knows it
   * @param who failed: a peer's nation, or a part of our own
   * @param rule such as {@code exchange/silent}
   * @param cause its stack is told at DEBUG alone
   */
  public void told(UUID requestId, String who, String rule, @Nullable Throwable cause) {
    switch (lines.take(who + " " + rule, System.nanoTime())) {
      case TOLD -> log.warnf("No answer of %s to %s: %s%s", who, requestId, rule, because(cause));
      case FLOOD_BEGINS ->
          log.warnf("No answer of %s: %s; more in this minute are not told one by one", who, rule);
      case FLOOD -> {
        // counted in the metrics
      }
    }
    log.debugf(cause, "No answer of %s to %s: %s", who, requestId, rule);
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
  }
}
