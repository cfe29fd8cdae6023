package org.mekong.registry.matching.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this replica works on matching. */
@ConfigMapping(prefix = "registry.matching")
public interface MatchingConfig {

  /** Whether this replica compares persons and goes on with runs; at least one replica has to. */
  @WithDefault("true")
  boolean work();

  /** How long a replica waits when there is nothing to do. */
  @WithDefault("500ms")
  Duration pause();
}
