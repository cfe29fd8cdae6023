package org.mekong.registry.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Period;

/** When links to the log may be erased. */
@ConfigMapping(prefix = "registry.erasure")
public interface ErasureConfig {

  /**
   * How long a person can at least see who asked about them: before that only an order erases it. A
   * period of ISO 8601.
   */
  @WithDefault("P10Y")
  Period retention();
}
