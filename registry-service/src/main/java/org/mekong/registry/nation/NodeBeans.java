package org.mekong.registry.nation;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the nation profile and the clock injectable. */
final class NodeBeans {

  @Produces
  @Singleton
  NationProfile profile(NodeConfig config) {
    return NationProfile.of(config.nation());
  }

  /** UTC; the profile's zone turns an instant into a legal date. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
