package org.mekong.gateway.exchange.guard;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.exchange.ExchangeFailure;
import org.mekong.gateway.exchange.ExchangeFailure.Kind;

/** Guards the questions to one peer. Safe for many threads; whoever asks does so itself. */
final class PeerGuard {

  private static final Logger LOG = Logger.getLogger(PeerGuard.class);

  private final String nation;
  private final Guard guard;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile CircuitBreakerState circuit = CircuitBreakerState.CLOSED;

  PeerGuard(String nation, ExchangeConfig.GuardConfig config) {
    this.nation = nation;
    this.guard =
        Guard.create()
            .withDescription("exchange with " + nation)
            .withBulkhead()
            .limit(config.mostUnderWay())
            .done()
            .withCircuitBreaker()
            .requestVolumeThreshold(config.window())
            .failureRatio(config.failureRatio())
            .delay(config.pause().toMillis(), ChronoUnit.MILLIS)
            .successThreshold(config.trials())
            .when(PeerGuard::tellsOfThePeer)
            .onStateChange(this::turned)
            .done()
            .build();
  }

  /**
   * Asks where the circuit is closed and not too much is under way.
   *
   * @throws ExchangeFailure of the question itself, or {@link Kind#BUSY} or {@link Kind#PAUSED}:
   *     then nothing was sent
   */
  <T> T ask(Ask<T> ask, Class<T> type) throws ExchangeFailure {
    try {
      return guard.call(() -> counted(ask), type);
    } catch (ExchangeFailure | RuntimeException e) {
      throw refusal(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ExchangeFailure refusal(Exception e) {
    return switch (e) {
      case ExchangeFailure own -> own;
      case BulkheadException full -> new ExchangeFailure(Kind.BUSY, "exchange/bulkhead", full);
      case CircuitBreakerOpenException open ->
          new ExchangeFailure(Kind.PAUSED, "exchange/circuit", open);
      case RuntimeException other -> throw other;
      default -> throw new IllegalStateException(e);
    };
  }

  private <T> T counted(Ask<T> ask) throws ExchangeFailure {
    underWay.incrementAndGet();
    try {
      return ask.now();
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** What the peer does, and not what an agency asks for or one answer holds. */
  private static boolean tellsOfThePeer(Throwable fault) {
    return fault instanceof ExchangeFailure failure
        && switch (failure.kind()) {
          case UNREACHABLE, UNTRUSTED, UNAVAILABLE, SILENT -> true;
          case HURRIED, INVALID, POSTPONED, BUSY, PAUSED -> false;
        };
  }

  private void turned(CircuitBreakerState state) {
    circuit = state;
    LOG.warnf("Circuit to %s: %s", nation, word());
  }

  int underWay() {
    return underWay.get();
  }

  /** The state of the circuit as a word. */
  String word() {
    return switch (circuit) {
      case CLOSED -> "closed";
      case OPEN -> "open";
      case HALF_OPEN -> "half-open";
    };
  }

  /** The state of the circuit as a figure: 0 closed, 1 open, between them 0.5. */
  double figure() {
    return switch (circuit) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case HALF_OPEN -> 0.5;
    };
  }
}
