package org.mekong.gateway.lookup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How lookups are served. */
@ConfigMapping(prefix = "gateway.lookup")
public interface LookupConfig {

  /** Time for a lookup whose caller names none. */
  @WithDefault("PT10S")
  Duration deadline();

  /** Longest time that a caller may name. */
  @WithDefault("PT30S")
  Duration longestDeadline();

  /** How many lookups of one batch are under way at a time. */
  @WithDefault("8")
  int batchParallelism();

  /**
   * Purposes for which the token has to name the officer, with commas between, {@code *} for every
   * one. For the others a system may name the pseudonym itself.
   */
  Optional<Set<String>> officerByToken();

  /** How long the outcome of a lookup with an Idempotency-Key is kept; it holds personal data. */
  @WithDefault("PT1H")
  Duration outcomeRetention();

  /** How long an Idempotency-Key stays used. */
  @WithDefault("P7D")
  Duration keyRetention();
}
