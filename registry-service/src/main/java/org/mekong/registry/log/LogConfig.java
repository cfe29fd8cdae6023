package org.mekong.registry.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Period;

/** The register's transparency log. In a path, {@code {year}} stands for the log's year. */
@ConfigMapping(prefix = "registry.log")
public interface LogConfig {

  /**
   * The files of the logs' private keys, in the note signer's text form: one a year, so the path
   * holds {@code {year}}. The next year's key has to be there before its year begins.
   */
  Path keyFile();

  /** The file of the key that wraps the commitments' month keys: 32 random bytes in base64. */
  Path keyEncryptionKeyFile();

  /** Whether a missing key is made at first start; for trying out alone. */
  @WithDefault("false")
  boolean generateKey();

  /** How long entries are kept at least, a period of ISO 8601: before that none can be pruned. */
  @WithDefault("P10Y")
  Period retention();
}
