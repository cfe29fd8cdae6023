package org.mekong.gateway.exchange.answering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.receipt.ExchangeEntry;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Transactions;

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
  private final RefusalBudget budget;

  @Inject Clock clock;

  @ConfigProperty(name = "mekong.nation")
  String self;

  @Inject
  RefusedMessages(
      Transactions transactions, GatewayLog log, MeterRegistry metrics, ExchangeConfig config) {
    this.transactions = transactions;
    this.log = log;
    this.metrics = metrics;
    this.budget = new RefusalBudget(config.refusals().mostLoggedPerMinute());
  }

  /**
   * Counts a refusal.
   *
   * @throws NoAnswerNow when it is one too many to be logged
   */
  void count(String nation, String rule) throws NoAnswerNow {
    Counter.builder("mekong.exchange.refusals")
        .description("Messages of a peer that were refused")
        .tag("peer", nation)
        .tag("rule", rule)
        .register(metrics)
        .increment();
    switch (budget.take(nation, System.nanoTime())) {
      case LOGGED -> {
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
    count(nation, rule);
    ExchangeEntry entry =
        ExchangeEntry.unreadable(RequestIds.current(), clock.instant(), nation, self, rule);
    try {
      log.await(transactions.in(connection -> log.appendAwaited(connection, entry)));
    } catch (SQLException e) {
      throw Problem.unavailable("The refusal could not be logged.");
    }
  }
}
