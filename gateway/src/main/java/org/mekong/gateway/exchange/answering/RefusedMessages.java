package org.mekong.gateway.exchange.answering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.gateway.access.door.Door;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.exchange.guard.Crowded;
import org.mekong.gateway.http.MinuteBudget;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RefusedAtEdge;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.ExchangeEntry;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogException;

/**
 * Counts what is refused to each peer, and logs it as long as it is not a flood: beyond that a peer
 * is told to stop, and its messages are counted alone.
 */
@ApplicationScoped
class RefusedMessages {

  private static final Logger LOG = Logger.getLogger(RefusedMessages.class);

  private final Transactions transactions;
  private final GatewayLog log;
  private final MeterRegistry metrics;
  private final MinuteBudget budget;

  @Inject Clock clock;
  @Inject Peers peers;
  @Inject Door door;

  @ConfigProperty(name = "mekong.nation")
  String self;

  @Inject
  RefusedMessages(
      Transactions transactions, GatewayLog log, MeterRegistry metrics, ExchangeConfig config) {
    this.transactions = transactions;
    this.log = log;
    this.metrics = metrics;
    this.budget = new MinuteBudget(config.refusals().mostLoggedPerMinute());
  }

  /**
   * Counts a refusal.
   *
   * @throws NoAnswerNow when it is one too many to be logged
   */
  void count(String nation, String rule) throws NoAnswerNow {
    counter(nation, rule).increment();
    switch (budget.take(nation, System.nanoTime())) {
      case TOLD -> {
        return;
      }
      case FLOOD_BEGINS -> LOG.warnf("A flood of refusals to %s; more are counted alone", nation);
      case FLOOD -> {
        // said already
      }
    }
    throw NoAnswerNow.flood("more of this peer's messages are refused than are logged");
  }

  /**
   * Counts and logs a message that could not be taken as a request.
   *
   * @throws NoAnswerNow when it is one too many to be logged
   */
  void unreadable(String nation, String rule) throws NoAnswerNow {
    unreadable(RequestIds.current(), nation, rule);
  }

  private void unreadable(UUID requestId, String nation, String rule) throws NoAnswerNow {
    count(nation, rule);
    ExchangeEntry entry = ExchangeEntry.unreadable(requestId, clock.instant(), nation, self, rule);
    try {
      log.await(transactions.in(connection -> log.appendAwaited(connection, entry)));
    } catch (SQLException e) {
      throw Problem.unavailable("The refusal could not be logged.");
    }
  }

  /** Counts a question that came when its peer had its share; a flood is told in sum. */
  void crowded(String nation) {
    counter(nation, Crowded.RULE).increment();
    door.refusedPeer(RequestIds.current(), Crowded.RULE, nation);
  }

  private Counter counter(String nation, String rule) {
    return Counter.builder("mekong.exchange.refusals")
        .description("Messages of a peer that were refused")
        .tag("peer", nation)
        .tag("rule", rule)
        .register(metrics);
  }

  /** What was refused before its body was read; the answer does not wait for its entry. */
  void atEdge(@Observes RefusedAtEdge refused) {
    if (!refused.ofPeers()) {
      return;
    }
    Optional<Peer> peer = refused.certificate().flatMap(peers::find);
    if (peer.isEmpty()) {
      door.refused(refused.requestId(), refused.rule(), "");
      return;
    }
    Thread.startVirtualThread(() -> atEdge(refused, peer.get().nation()));
  }

  private void atEdge(RefusedAtEdge refused, String nation) {
    try {
      unreadable(refused.requestId(), nation, refused.rule());
    } catch (NoAnswerNow flood) {
      LOG.debugf("Counted alone: %s", refused.rule());
    } catch (HttpProblem | LogException e) {
      LOG.errorf("A refusal to %s could not be told to the log: %s", nation, e.getMessage());
    }
  }
}
