package org.mekong.identity.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The configuration of keys as a test wants it. */
record TestKeyConfig(
    Path encryptionKeyFile,
    Duration rotateAfter,
    Duration publishAhead,
    Duration overlap,
    Duration reloadEvery,
    Optional<Path> pkcs11ConfigFile,
    Optional<Path> pkcs11PinFile)
    implements KeyConfig {
  TestKeyConfig(Path encryptionKeyFile) {
    this(
        encryptionKeyFile,
        Duration.ofDays(90),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofSeconds(5),
        Optional.empty(),
        Optional.empty());
  }

  TestKeyConfig rotatingAfter(Duration time) {
    return new TestKeyConfig(
        encryptionKeyFile,
        time,
        publishAhead,
        overlap,
        reloadEvery,
        pkcs11ConfigFile,
        pkcs11PinFile);
  }

  TestKeyConfig withToken(Optional<Path> config, Optional<Path> pin) {
    return new TestKeyConfig(
        encryptionKeyFile, rotateAfter, publishAhead, overlap, reloadEvery, config, pin);
  }
}
