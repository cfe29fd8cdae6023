package org.mekong.registry.statement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;

/** Signed statements and their keys. */
@ConfigMapping(prefix = "registry.statement")
public interface StatementConfig {

  /**
   * How long a statement may be relied on. It tells of one moment: somebody dies or marries a
   * minute later, and then a statement that is still good is wrong. The default is the lifetime of
   * an access token: enough to hand it on within one transaction. What an agency keeps for longer
   * proves what it was told and when, not what holds.
   */
  @WithDefault("PT5M")
  Duration validity();

  /** How long a key signs before the next one takes over. */
  @WithDefault("P90D")
  Period rotation();

  /**
   * How long a new key is published before it signs: longer than anybody keeps the published keys
   * without asking again, which is five minutes.
   */
  @WithDefault("PT10M")
  Duration announcement();

  /**
   * How long a key stays published after it signed last, so that a statement that was kept can be
   * checked.
   */
  @WithDefault("P10Y")
  Period publication();
}
