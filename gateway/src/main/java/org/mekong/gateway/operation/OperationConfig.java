package org.mekong.gateway.operation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Lookups whose callers do not wait. */
@ConfigMapping(prefix = "gateway.operation")
public interface OperationConfig {

  /** How many operations of one client may wait at once. */
  @WithDefault("10000")
  int most();

  /** How many operations each replica asks one nation for at once. */
  @WithDefault("8")
  int atOnce();

  /** Time for one attempt. */
  @WithDefault("PT10S")
  Duration attempt();

  /** The pause after the first attempt without an outcome; each further one is twice as long. */
  @WithDefault("PT1S")
  Duration firstPause();

  /** The longest pause; it also ends when the nation has answered another lookup. */
  @WithDefault("PT2M")
  Duration longestPause();

  /** Longest time that a caller may wait all the same, by the preference {@code wait}. */
  @WithDefault("PT30S")
  Duration longestWait();

  /**
   * How long an outcome is kept after it was fetched for the first time; it holds personal data.
   */
  @WithDefault("PT15M")
  Duration fetchedRetention();

  /** How long an outcome is kept that nobody fetches; it holds personal data. */
  @WithDefault("PT24H")
  Duration outcomeRetention();

  /** How long it is known that there was an operation, after it became final. */
  @WithDefault("P7D")
  Duration retention();

  /** Streams of events that one replica serves. */
  @WithDefault("1000")
  int streams();

  /** Streams of events that one replica serves to one client. */
  @WithDefault("8")
  int streamsOfOne();

  /** When nothing happens, a comment is sent so often. */
  @WithDefault("PT15S")
  Duration heartbeat();

  /** How long a stream lasts at most; its client goes on with another one, by a fresh proof. */
  @WithDefault("PT5M")
  Duration longestStream();
}
