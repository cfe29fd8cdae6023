package org.mekong.identity.log;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.mekong.identity.journal.Journal;
import org.mekong.log.witness.LogKeeper.Standing;

/**
 * Tells how the log stands. Only a log that takes no entries makes the service unready, since it
 * journals what it does.
 */
@Readiness
@ApplicationScoped
public class WitnessReadiness implements HealthCheck {

  private final Journal journal;

  WitnessReadiness(Journal journal) {
    this.journal = journal;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = journal.log().standing();
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("log witnesses")
            .status(!(standing instanceof Standing.Refused))
            .withData("year", journal.log().currentLogYear())
            .withData("standing", standing.word())
            .withData("servesAbroad", standing.mayServeAbroad());
    journal.log().notice().ifPresent(notice -> health.withData("notice", notice));
    return health.build();
  }
}
