package org.mekong.gateway.access;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.transport.TrustedSockets;
import org.mekong.resourceserver.dpop.DpopProofVerifier;
import org.mekong.resourceserver.key.DiscoveredKeys;
import org.mekong.resourceserver.sender.SenderVerifier;
import org.mekong.resourceserver.singleuse.PostgresSingleUseStore;
import org.mekong.resourceserver.token.AccessTokenVerifier;

/**
 * What verifies tokens of this nation's issuer, and proofs over the store, shared by replicas, of
 * those that were used.
 */
@ApplicationScoped
public class Verifiers {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(15);
  private static final int BATCH = 10_000;

  private final PostgresSingleUseStore store;
  private final SharedProofs proofs;
  private final Clock clock;

  @Inject
  public Verifiers(DataSource dataSource, Transactions transactions, Clock clock) {
    this.store = new PostgresSingleUseStore(dataSource);
    this.proofs = new SharedProofs(transactions);
    this.clock = clock;
  }

  @Produces
  @Singleton
  SenderVerifier sender() {
    return new SenderVerifier(new DpopProofVerifier(proofs, clock));
  }

  @Produces
  @Singleton
  AccessTokenVerifier tokens(
      TrustedSockets sockets,
      @ConfigProperty(name = "gateway.issuer") URI issuer,
      @ConfigProperty(name = "gateway.base-url") URI base) {
    return new AccessTokenVerifier(
        issuer.toString(), base.toString(), new DiscoveredKeys(issuer, sockets.factory()), clock);
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
