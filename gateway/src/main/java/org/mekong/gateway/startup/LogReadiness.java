package org.mekong.gateway.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mekong.gateway.receipt.GatewayLog;

/** Ready when the log is open: what cannot be logged is not answered. Peers do not count. */
@Readiness
@ApplicationScoped
public class LogReadiness implements HealthCheck {

  private final GatewayLog log;

  @Inject
  public LogReadiness(GatewayLog log) {
    this.log = log;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      return HealthCheckResponse.named("transparency log")
          .status(log.years().current().checkpoint().length > 0)
          .withData("year", log.years().currentLogYear())
          .build();
    } catch (RuntimeException e) {
      return HealthCheckResponse.named("transparency log").down().build();
    }
  }
}
