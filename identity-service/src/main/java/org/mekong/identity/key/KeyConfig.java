package org.mekong.identity.key;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** How signing keys are kept. */
@ConfigMapping(prefix = "identity.key")
public interface KeyConfig {
  /** File with 32 random bytes in base64: the key under which signing keys are encrypted. */
  Path encryptionKeyFile();
}
