package org.mekong.registry.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a stranger may send. */
@ConfigMapping(prefix = "registry.limits")
public interface LimitConfig {

  /** Bytes of the largest body that is read. */
  @WithDefault("65536")
  long body();

  /** The largest file of persons that is taken in, as it is sent. */
  @WithDefault("4G")
  MemorySize upload();
}
