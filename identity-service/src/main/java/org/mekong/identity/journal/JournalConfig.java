package org.mekong.identity.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Period;

/** The keys of this service's transparency log. */
@ConfigMapping(prefix = "identity.log")
public interface JournalConfig {
  /**
   * Files with the logs' private keys, named {@code <nation>.mekong.example/identity/<year>}: one a
   * year, so the path holds {@code {year}}. The next year's key has to be there before its year
   * begins.
   */
  Path keyFile();

  /** Whether a key is made when the file is absent: on one's own machine only. */
  @WithDefault("false")
  boolean generateKey();

  /** How long entries are kept at least, a period of ISO 8601: before that none can be pruned. */
  @WithDefault("P10Y")
  Period retention();
}
