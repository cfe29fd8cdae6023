package org.mekong.registry.witness;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mekong.log.witness.LogKeeper.Standing;

/**
 * Tells how the log stands. Only a log that takes no entries makes the register unready: the rest
 * stops answers abroad alone.
 */
@Readiness
@ApplicationScoped
public class WitnessReadiness implements HealthCheck {

  private final LogWatch watch;

  WitnessReadiness(LogWatch watch) {
    this.watch = watch;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = watch.standing();
    return HealthCheckResponse.named("log witnesses")
        .status(!(standing instanceof Standing.Refused))
        .withData("standing", standing.word())
        .withData("servesAbroad", standing.mayServeAbroad())
        .build();
  }
}
