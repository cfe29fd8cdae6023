package org.mekong.gateway.exchange.past;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How peers' logs are held to one past. */
@ConfigMapping(prefix = "gateway.past")
public interface PastConfig {

  /** How often the checkpoints of a peer's receipts are looked for in its published tree. */
  @WithDefault("PT1S")
  Duration every();

  /** How long a lookup waits for that at most. */
  @WithDefault("PT0.5S")
  Duration patience();

  /** For how long receipts are taken that could not be looked for; then answers are refused. */
  @WithDefault("PT1M")
  Duration longestUnproven();
}
