package org.mekong.gateway.witness;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.transport.Callers;
import org.mekong.log.witness.LogKeeper;
import org.mekong.log.witness.LogKeeper.Standing;

/**
 * Keeps this gateway's log under the eyes of its witnesses, and says whether answers may cross the
 * border on its word.
 */
@Startup
@ApplicationScoped
public class OwnLogWatch {

  private static final Logger LOG = Logger.getLogger(OwnLogWatch.class);

  private final LogKeeper keeper;

  /**
   * Makes the keeper.
   *
   * @throws IllegalStateException naming the property that is wrong
   */
  @Inject
  public OwnLogWatch(
      GatewayLog log, WitnessConfig config, Callers callers, Clock clock, MeterRegistry metrics) {
    try {
      keeper =
          LogKeeper.of(
              log.log(),
              config.policyFile(),
              callers.client(),
              config.longestUncosigned(),
              clock,
              OwnLogWatch::tell);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("gateway.witness.policy-file: " + e.getMessage(), e);
    }
    TimeGauge.builder(
            "mekong.log.cosignature.age", keeper, TimeUnit.SECONDS, LogKeeper::secondsSinceCosigned)
        .description("Age of the newest cosignature of this service's log; NaN where there is none")
        .tag("log", "gateway")
        .register(metrics);
  }

  @PostConstruct
  void start() {
    keeper.start();
  }

  @PreDestroy
  void stop() {
    keeper.close();
  }

  /** How the log stands with its witnesses. */
  public Standing standing() {
    return keeper.standing();
  }

  private static void tell(Standing standing) {
    if (standing.mayServeAbroad()) {
      LOG.infof("The log stands with its witnesses: %s", standing);
    } else {
      LOG.warnf("Serving abroad waits for the log's witnesses: %s", standing);
    }
  }
}
