package org.mekong.gateway.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** This gateway as a witness, and the witnesses of its own log. */
@ConfigMapping(prefix = "gateway.witness")
public interface WitnessConfig {

  /**
   * File with the private cosigner key (signed-note, key type 0x04), which is no log's key. Without
   * it this gateway cosigns nothing.
   */
  Optional<Path> keyFile();

  /**
   * File with the witnesses of this gateway's own log, their URLs and the quorum (C2SP
   * tlog-policy). Without it nobody but this nation vouches for the log's past.
   */
  Optional<Path> policyFile();

  /** For how long the log may stay uncosigned before serving abroad stops. */
  @WithDefault("PT4H")
  Duration longestUncosigned();
}
