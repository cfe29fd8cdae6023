package org.mekong.registry.disclosure;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.mekong.log.commitment.Commitments;
import org.mekong.log.commitment.MonthKeys;

/** Makes what stands for a person in the log. */
final class SubjectCommitments {

  private static final String PROPERTY = "registry.log.key-encryption-key-file";
  private static final int KEY_LENGTH = 32;

  @Produces
  @Singleton
  Commitments commitments(DataSource database, LogConfig config, Clock clock) {
    String text =
        KeyFile.read(
            PROPERTY,
            config.keyEncryptionKeyFile(),
            config.generateKey(),
            SubjectCommitments::generate);
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(PROPERTY + ": the file holds no base64", e);
    }
    if (key.length != KEY_LENGTH) {
      throw new IllegalStateException(PROPERTY + ": the file does not hold 32 bytes");
    }
    return new Commitments(new MonthKeys(database, new SecretKeySpec(key, "AES"), clock));
  }

  private static String generate() {
    byte[] key = new byte[KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
