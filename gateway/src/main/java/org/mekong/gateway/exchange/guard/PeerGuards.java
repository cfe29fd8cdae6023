package org.mekong.gateway.exchange.guard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.exchange.ExchangeFailure;

/** The guards of all peers, made when a peer is first met; and their weather, as metrics too. */
@ApplicationScoped
public class PeerGuards {

  private final Map<String, Met> met = new ConcurrentHashMap<>();
  private final ExchangeConfig.GuardConfig config;
  private final MeterRegistry metrics;
  private final Clock clock;

  @Inject
  public PeerGuards(ExchangeConfig config, MeterRegistry metrics, Clock clock) {
    this.config = config.guard();
    this.metrics = metrics;
    this.clock = clock;
  }

  /** What is known of one peer. */
  private static final class Met {
    private final PeerGuard guard;
    private final AnswerGuard answers;
    private volatile @Nullable Long clockDifference;
    private volatile @Nullable Instant lastAnswer;

    Met(PeerGuard guard, AnswerGuard answers) {
      this.guard = guard;
      this.answers = answers;
    }

    double clockDifference() {
      Long seconds = clockDifference;
      return seconds == null ? Double.NaN : seconds;
    }
  }

  /**
   * Asks a peer under its guard.
   *
   * @throws ExchangeFailure of the question itself, or because the guard let nothing be sent
   */
  public <T> T ask(String nation, Ask<T> ask, Class<T> type) throws ExchangeFailure {
    Met peer = peer(nation);
    try {
      T answer = peer.guard.ask(ask, type);
      peer.lastAnswer = clock.instant();
      return answer;
    } catch (ExchangeFailure e) {
      Counter.builder("mekong.peer.failures")
          .description("Questions to a peer that brought nothing which may be passed on")
          .tag("peer", nation)
          .tag("rule", e.rule())
          .register(metrics)
          .increment();
      throw e;
    }
  }

  /**
   * Answers a question of a peer, within its share of this gateway.
   *
   * @throws Crowded where it has its share already: then nothing was done
   * @throws Exception of the answer itself
   */
  public <T> T answer(String nation, Callable<T> answer, Class<T> type) throws Exception {
    return peer(nation).answers.answer(answer, type);
  }

  /** Notes when a peer says that it signed what has just come. */
  public void signed(String nation, long iat) {
    peer(nation).clockDifference = iat - clock.instant().getEpochSecond();
  }

  /** How a peer stands. */
  public Weather weather(String nation) {
    Met peer = peer(nation);
    return new Weather(
        peer.guard.word(),
        peer.guard.underWay(),
        peer.answers.beingAnswered(),
        peer.answers.turnedAway(),
        peer.clockDifference,
        peer.lastAnswer);
  }

  /** How long a peer is left alone once its circuit has opened. */
  public Duration pause() {
    return config.pause();
  }

  private Met peer(String nation) {
    return met.computeIfAbsent(nation, this::meet);
  }

  private Met meet(String nation) {
    Met peer = new Met(new PeerGuard(nation, config), new AnswerGuard(nation, config));
    Gauge.builder("mekong.peer.circuit", peer.guard, PeerGuard::figure)
        .description("1 while a peer is not asked because it failed, 0.5 while it is tried, else 0")
        .tag("peer", nation)
        .register(metrics);
    Gauge.builder("mekong.peer.under.way", peer.guard, PeerGuard::underWay)
        .description("Questions that a peer has not answered yet")
        .tag("peer", nation)
        .register(metrics);
    Gauge.builder("mekong.peer.being.answered", peer.answers, AnswerGuard::beingAnswered)
        .description("Questions of a peer that are being answered")
        .tag("peer", nation)
        .register(metrics);
    TimeGauge.builder("mekong.peer.clock.difference", peer, TimeUnit.SECONDS, Met::clockDifference)
        .description("How far a peer's clock was ahead of ours when it last signed; NaN before")
        .tag("peer", nation)
        .register(metrics);
    return peer;
  }
}
