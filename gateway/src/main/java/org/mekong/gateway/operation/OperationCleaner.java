package org.mekong.gateway.operation;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.mekong.gateway.storage.Transactions;

/** Erases questions and outcomes and forgets operations when their time is over. */
@ApplicationScoped
class OperationCleaner {

  private final Transactions transactions;
  private final Operations operations;
  private final OperationConfig config;
  private final Clock clock;

  @Inject
  OperationCleaner(
      Transactions transactions, Operations operations, OperationConfig config, Clock clock) {
    this.transactions = transactions;
    this.operations = operations;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "60s",
      delayed = "55s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void clean() throws SQLException {
    clean(clock.instant());
  }

  int clean(Instant now) throws SQLException {
    return transactions.in(
        connection ->
            operations.clean(
                connection,
                now.minus(config.outcomeRetention()),
                now.minus(config.fetchedRetention()),
                now.minus(config.retention())));
  }
}
