package org.mekong.registry.verification.match;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When somebody is told to be the one who is meant. */
@ConfigMapping(prefix = "registry.match")
public interface MatchConfig {

  /**
   * Bits by which the best has to be ahead of the second: 6 bits are 64 times as likely. The score
   * that the best has to reach is the threshold {@code match} of the matching rules in force.
   */
  @WithDefault("6.0")
  double gap();
}
