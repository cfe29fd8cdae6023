package org.mekong.registry.identifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How personal numbers are made. */
@ConfigMapping(prefix = "registry.identifier")
public interface IdentifierConfig {

  /** The invented Lao form; see {@link LaoNumbers}. */
  @WithDefault("PPSYYRRRRRRR")
  String laoPattern();

  /**
   * How many random candidates are tried before a block is reported as exhausted. At 64, a block
   * that is half full is misjudged once in 10^19 allocations, one that is nine tenths full once in
   * a thousand: a block is retired before it is quite full, and nobody searches it for gaps.
   */
  @WithDefault("64")
  int attempts();
}
