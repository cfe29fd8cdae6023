package org.mekong.gateway.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Period;

/** The log of this gateway. */
@ConfigMapping(prefix = "gateway.log")
public interface LogConfig {

  /**
   * Files with the private log keys, signed-note keys named as the logs' origins: one a year, so
   * the path holds {@code {year}}. The next year's key has to be there before its year begins.
   */
  Path keyFile();

  /**
   * File with 32 random bytes, base64: wraps the keys that open the commitments in the log. Whoever
   * holds it and the database can tell whom an entry is about.
   */
  Path keyEncryptionKeyFile();

  /** Whether to make both files at first start when they are absent; not in production. */
  @WithDefault("false")
  boolean generateKey();

  /** How long entries are kept at least, a period of ISO 8601: before that none can be pruned. */
  @WithDefault("P10Y")
  Period retention();
}
