package org.mekong.gateway.witness;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.log.witness.LogKeeper.Standing;

/**
 * Tells how the log stands. Only a log that takes no entries makes the gateway unready: the rest is
 * what peers wait for.
 */
@Readiness
@ApplicationScoped
public class WitnessReadiness implements HealthCheck {

  private final GatewayLog log;

  @Inject
  public WitnessReadiness(GatewayLog log) {
    this.log = log;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = log.standing();
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("log witnesses")
            .status(!(standing instanceof Standing.Refused))
            .withData("year", log.years().currentLogYear())
            .withData("standing", standing.word())
            .withData("servesAbroad", standing.mayServeAbroad());
    log.years().notice().ifPresent(notice -> health.withData("notice", notice));
    return health.build();
  }
}
