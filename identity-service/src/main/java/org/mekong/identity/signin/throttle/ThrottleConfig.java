package org.mekong.identity.signin.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often sign-ins may fail before somebody has to wait. */
@ConfigMapping(prefix = "identity.sign-in")
interface ThrottleConfig {
  /** For one number or name, from one network or one known device. */
  @WithDefault("5")
  int failuresForOne();

  /** The same, while the account is being tried from many networks. */
  @WithDefault("2")
  int failuresUnderAttack();

  /** How many failures at one account, from networks it is not known in, count as an attack. */
  @WithDefault("50")
  int attack();

  /** From one network, whatever number or name is tried. Many people share one. */
  @WithDefault("100")
  int failuresFromOneNetwork();

  /** The first wait; each failure after it doubles it. */
  @WithDefault("10S")
  Duration firstWait();

  /** The longest wait. */
  @WithDefault("15M")
  Duration longestWait();

  /** The longest wait for a whole network, where strangers share an address. */
  @WithDefault("1M")
  Duration longestWaitOfNetwork();

  /** After how long without another failure they are forgotten. */
  @WithDefault("24H")
  Duration remembered();
}
