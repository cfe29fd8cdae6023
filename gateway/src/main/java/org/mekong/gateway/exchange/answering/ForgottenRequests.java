package org.mekong.gateway.exchange.answering;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.storage.Transactions;

/** Erases answers and forgets request ids when their time is over. */
@ApplicationScoped
class ForgottenRequests {

  private static final Logger LOG = Logger.getLogger(ForgottenRequests.class);

  private final Transactions transactions;
  private final ExchangeConfig config;
  private final Clock clock;

  @Inject
  ForgottenRequests(Transactions transactions, ExchangeConfig config, Clock clock) {
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "60s",
      delayed = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    Instant now = clock.instant();
    int forgotten =
        transactions.in(
            connection ->
                ReceivedRequests.clean(
                    connection,
                    now.minus(config.answerRetention()),
                    now.minus(config.replayRetention())));
    LOG.debugf("%d received requests erased or forgotten", forgotten);
  }
}
