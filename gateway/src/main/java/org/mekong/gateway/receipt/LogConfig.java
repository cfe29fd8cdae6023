package org.mekong.gateway.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The log of this gateway. */
@ConfigMapping(prefix = "gateway.log")
public interface LogConfig {

  /** File with the private log key, a signed-note key named as the log's origin. */
  Path keyFile();

  /**
   * File with 32 random bytes, base64: wraps the keys that open the commitments in the log. Whoever
   * holds it and the database can tell whom an entry is about.
   */
  Path keyEncryptionKeyFile();

  /** Whether to make both files at first start when they are absent; not in production. */
  @WithDefault("false")
  boolean generateKey();
}
