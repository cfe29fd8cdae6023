package org.mekong.registry.population;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether and how much synthetic population may be made. */
@ConfigMapping(prefix = "registry.population")
public interface PopulationConfig {

  /** Whether synthetic persons may be made; refused in production. */
  @WithDefault("false")
  boolean enabled();

  /** The largest population that one job makes. */
  @WithDefault("1000000")
  int largest();
}
