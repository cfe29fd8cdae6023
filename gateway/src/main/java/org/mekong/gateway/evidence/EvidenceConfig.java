package org.mekong.gateway.evidence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Evidence for agencies. */
@ConfigMapping(prefix = "gateway.evidence")
public interface EvidenceConfig {

  /** How long an agency may fetch the evidence on a lookup of its own; it holds personal data. */
  @WithDefault("PT24H")
  Duration retention();
}
