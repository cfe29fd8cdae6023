package org.mekong.gateway.startup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What this node is. */
@ConfigMapping(prefix = "mekong")
public interface StartupConfig {

  /** The nation of this node, ISO 3166-1 alpha-2. */
  String nation();

  /** Whether this is a production node, which refuses to start with what is for tests. */
  @WithDefault("false")
  boolean production();
}
