package org.mekong.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** The node that this service belongs to. */
@ConfigMapping(prefix = "mekong")
public interface NodeConfig {
  /** ISO 3166-1 alpha-2 code of the nation, for example {@code VN}. */
  String nation();

  /** Time zone that pages tell times in. */
  @WithDefault("Asia/Ho_Chi_Minh")
  ZoneId timeZone();

  /** Whether real people depend on this node: then unsafe configuration stops the start. */
  @WithDefault("false")
  boolean production();
}
