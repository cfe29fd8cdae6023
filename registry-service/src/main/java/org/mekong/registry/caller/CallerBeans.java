package org.mekong.registry.caller;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.mekong.resourceserver.DpopProofVerifier;
import org.mekong.resourceserver.PostgresSingleUseStore;

/** Makes what the filter verifies proofs with. */
final class CallerBeans {

  @Produces
  @Singleton
  DpopProofVerifier proofs(DataSource database, Clock clock) {
    return new DpopProofVerifier(new PostgresSingleUseStore(database), clock);
  }
}
