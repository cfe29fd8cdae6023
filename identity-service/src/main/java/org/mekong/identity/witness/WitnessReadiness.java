package org.mekong.identity.witness;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mekong.log.witness.LogKeeper.Standing;

/**
 * Tells how the log stands. Only a log that takes no entries makes the service unready, since it
 * journals what it does.
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
