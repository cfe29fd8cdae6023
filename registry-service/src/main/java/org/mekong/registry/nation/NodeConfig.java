package org.mekong.registry.nation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the whole node is told about itself. */
@ConfigMapping(prefix = "mekong")
public interface NodeConfig {

  /** The nation whose register this is. */
  Nation nation();

  /** Whether the node serves real people: settings made for trying out are refused at start. */
  @WithDefault("false")
  boolean production();
}
