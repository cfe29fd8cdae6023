package org.mekong.identity.journal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The key of this service's transparency log. */
@ConfigMapping(prefix = "identity.log")
public interface JournalConfig {
  /** File with the log's private key; its name, {@code <nation>.mekong.example/identity/<year>}. */
  Path keyFile();

  /** Whether a key is made when the file is absent: on one's own machine only. */
  @WithDefault("false")
  boolean generateKey();
}
