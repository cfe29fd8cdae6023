package org.mekong.identity.approval;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a proposal waits. */
@ConfigMapping(prefix = "identity.approval")
public interface ApprovalConfig {
  /** For how long a proposal can be approved. */
  @WithDefault("P7D")
  Duration expiry();
}
