package org.mekong.registry.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;

/** The change feed. */
@ConfigMapping(prefix = "registry.feed")
public interface FeedConfig {

  /** How long entries are kept, a period of ISO 8601; who is further behind has to begin anew. */
  @WithDefault("P90D")
  Period retention();

  /** How often a replica looks for changes: the time that an entry waits at most. */
  @WithDefault("PT0.1S")
  Duration poll();

  /** How long a stream may be silent before it sends a comment. */
  @WithDefault("PT15S")
  Duration heartbeat();

  /** How long a client of a stream may leave what was sent unread before it is cut off. */
  @WithDefault("PT10S")
  Duration patience();

  /** Streams that a replica serves at most. */
  @WithDefault("200")
  int streams();

  /** Streams that a replica serves one caller at most. */
  @WithDefault("4")
  int streamsOfOne();
}
