package org.mekong.identity.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The witnesses of the journal's log. */
@ConfigMapping(prefix = "identity.witness")
public interface WitnessConfig {

  /**
   * File with the witnesses, their URLs and the quorum (C2SP tlog-policy). Without it nobody but
   * this nation vouches for the log's past.
   */
  Optional<Path> policyFile();

  /** For how long the log may stay uncosigned before it counts as stale. */
  @WithDefault("PT4H")
  Duration longestUncosigned();
}
