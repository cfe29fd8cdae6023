package org.mekong.registry.log;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.year.YearlyLog;

/**
 * Tells how the log stands. Only a log that takes no entries makes the register unready: the rest
 * stops answers abroad alone.
 */
@Readiness
@ApplicationScoped
public class WitnessReadiness implements HealthCheck {

  private final YearlyLog log;

  WitnessReadiness(YearlyLog log) {
    this.log = log;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = log.standing();
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("log witnesses")
            .status(!(standing instanceof Standing.Refused))
            .withData("year", log.currentLogYear())
            .withData("standing", standing.word())
            .withData("servesAbroad", standing.mayServeAbroad());
    log.notice().ifPresent(notice -> health.withData("notice", notice));
    return health.build();
  }
}
