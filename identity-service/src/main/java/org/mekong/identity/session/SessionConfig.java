package org.mekong.identity.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a browser session lasts. */
@ConfigMapping(prefix = "identity.session")
interface SessionConfig {
  /** Without any use of it. */
  @WithDefault("30M")
  Duration idle();

  /** Whatever its use. */
  @WithDefault("12H")
  Duration longest();
}
