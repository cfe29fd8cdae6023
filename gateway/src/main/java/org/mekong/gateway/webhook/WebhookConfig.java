package org.mekong.gateway.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/** Webhooks. Certificates are checked by the TLS configuration {@code webhooks}, or the default. */
@ConfigMapping(prefix = "gateway.webhook")
public interface WebhookConfig {

  /**
   * Address ranges, as 10.20.0.0/16, that webhooks may point to although they are private or local:
   * for a platform on one machine, or agencies in the same network.
   */
  Optional<List<String>> allowedRanges();

  /** How many webhooks one client may have. */
  @WithDefault("5")
  int most();

  /** How many messages each replica sends at once. */
  @WithDefault("16")
  int atOnce();

  /** How many of them to one webhook. */
  @WithDefault("2")
  int atOnceOfOne();

  /** Attempts at one message; after them it is given up. */
  @WithDefault("10")
  int attempts();

  /** The pause after the first failure; each further one is four times as long. */
  @WithDefault("PT5S")
  Duration firstPause();

  /** The longest pause. */
  @WithDefault("PT12H")
  Duration longestPause();

  /** How long a receiver may take for its answer. */
  @WithDefault("PT15S")
  Duration deadline();

  /** How long messages are also signed with the secret before, after it was renewed. */
  @WithDefault("P1D")
  Duration overlap();

  /** How long it is known what became of messages, a period of ISO 8601. */
  @WithDefault("P30D")
  Period retention();
}
