package org.mekong.identity.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How signing keys are kept and how long each signs. */
@ConfigMapping(prefix = "identity.key")
public interface KeyConfig {
  /** File with 32 random bytes in base64: the key under which signing keys are encrypted. */
  Path encryptionKeyFile();

  /** After how long a key is followed by a new one; zero for never. */
  @WithDefault("P90D")
  Duration rotateAfter();

  /**
   * How long a new key is published before it signs: longer than what the keys are cached for (five
   * minutes) and than the interval of {@code reloadEvery}.
   */
  @WithDefault("PT15M")
  Duration publishAhead();

  /** How long a key is still published after the next one signs: longer than any token lives. */
  @WithDefault("PT1H")
  Duration overlap();

  /** How often each replica looks whether the keys have changed. */
  @WithDefault("PT5S")
  Duration reloadEvery();

  /**
   * Configuration of the JDK's SunPKCS11 provider: then new keys come from the token of a hardware
   * security module, and their private halves never leave it.
   */
  Optional<Path> pkcs11ConfigFile();

  /** File with the PIN of that token. */
  Optional<Path> pkcs11PinFile();
}
