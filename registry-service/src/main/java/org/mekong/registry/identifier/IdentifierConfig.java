package org.mekong.registry.identifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

  /** How often all blocks of numbers are counted; crowded ones are counted within minutes. */
  @WithDefault("PT6H")
  Duration censusEvery();

  /** The share of a block, from 0 to 1, from which it is reported as nearly full. */
  @WithDefault("0.8")
  double nearlyFull();
}
