package org.mekong.gateway.access;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.PostgresSingleUseStore;

/** The verifier of proofs over the store, shared by replicas, of those that were used. */
@ApplicationScoped
public class Proofs {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);
  private static final int BATCH = 10_000;

  private final PostgresSingleUseStore store;
  private final Clock clock;

  @Inject
  public Proofs(DataSource dataSource, Clock clock) {
    this.store = new PostgresSingleUseStore(dataSource);
    this.clock = clock;
  }

  @Produces
  @Singleton
  DpopProofVerifier verifier() {
    return new DpopProofVerifier(store, clock);
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
