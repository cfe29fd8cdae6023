package org.mekong.registry.caller.token;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;

/** Forgets proofs that are too old to be taken again. */
@Singleton
final class UsedProofs {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);
  private static final int BATCH = 10_000;

  private final PostgresSingleUseStore store;
  private final Clock clock;

  UsedProofs(PostgresSingleUseStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Scheduled(
      every = "60s",
      delayed = "45s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() throws SQLException {
    int forgotten = BATCH;
    while (forgotten == BATCH) {
      forgotten = store.forget(clock.instant().minus(CLOCKS_DIFFER), BATCH);
    }
  }
}
