package org.mekong.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The node that this service belongs to. */
@ConfigMapping(prefix = "mekong")
public interface NodeConfig {
  /** ISO 3166-1 alpha-2 code of the nation, for example {@code VN}. */
  String nation();

  /** Whether real people depend on this node: then unsafe configuration stops the start. */
  @WithDefault("false")
  boolean production();
}
