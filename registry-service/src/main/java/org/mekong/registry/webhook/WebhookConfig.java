package org.mekong.registry.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/** Webhooks. Certificates are checked by the TLS configuration {@code webhooks}, or the default. */
@ConfigMapping(prefix = "registry.webhook")
public interface WebhookConfig {

  /**
   * Address ranges, as 10.20.0.0/16, that webhooks may point to although they are private or local:
   * for a platform on one machine, or agencies in the same network.
   */
  Optional<List<String>> allowedRanges();

  /** How many webhooks there can be; each has a place of its own in every replica. */
  @WithDefault("200")
  int most();

  /** Entries in one message at most. */
  @WithDefault("100")
  int batch();

  /** Attempts at one message; after them it is a dead letter. */
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

  /** How long it is told what became of deliveries, a period of ISO 8601. */
  @WithDefault("P30D")
  Period retention();
}
