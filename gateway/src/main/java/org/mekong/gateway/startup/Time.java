package org.mekong.gateway.startup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The clock that everything here asks. */
@ApplicationScoped
public class Time {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
