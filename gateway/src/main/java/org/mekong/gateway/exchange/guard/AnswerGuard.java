package org.mekong.gateway.exchange.guard;

import io.smallrye.faulttolerance.api.Guard;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.mekong.gateway.exchange.ExchangeConfig;

/** Keeps one peer from taking all of this gateway. Safe for many threads. */
final class AnswerGuard {

  private final Guard guard;
  private final AtomicInteger beingAnswered = new AtomicInteger();
  private final AtomicLong turnedAway = new AtomicLong();

  AnswerGuard(String nation, ExchangeConfig.GuardConfig config) {
    this.guard =
        Guard.create()
            .withDescription("answers to " + nation)
            .withBulkhead()
            .limit(config.mostBeingAnswered())
            .done()
            .build();
  }

  /**
   * Answers where not too much is being answered.
   *
   * @throws Crowded where too much is: then nothing was done
   * @throws Exception of the answer itself
   */
  <T> T answer(Callable<T> answer, Class<T> type) throws Exception {
    try {
      return guard.call(() -> counted(answer), type);
    } catch (BulkheadException full) {
      turnedAway.incrementAndGet();
      throw new Crowded(full);
    }
  }

  private <T> T counted(Callable<T> answer) throws Exception {
    beingAnswered.incrementAndGet();
    try {
      return answer.call();
    } finally {
      beingAnswered.decrementAndGet();
    }
  }

  int beingAnswered() {
    return beingAnswered.get();
  }

  long turnedAway() {
    return turnedAway.get();
  }
}
