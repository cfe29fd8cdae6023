package org.mekong.identity.account.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106), version 1.3, over the password in Unicode's form C. */
public final class Argon2id {
  /** What one hash costs today: 19 MiB, twice, in one lane. */
  public static final Costs COSTS = new Costs(19 * 1024, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Argon2id() {}

  /**
   * What a hash costs.
   *
   * @param memoryKib memory in KiB
   * @param iterations how often it is gone over
   * @param lanes degree of parallelism
   */
  public record Costs(int memoryKib, int iterations, int lanes) {}

  /** What is kept of a password. */
  public record Hash(byte[] salt, byte[] value, Costs costs) {
    /** Names nothing of it. */
    @Override
    public String toString() {
      return "Hash";
    }
  }

  /** A new hash, with a salt of its own, at today's costs. */
  public static Hash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new Hash(salt, compute(password, salt, COSTS), COSTS);
  }

  /** Whether a password is the one; takes as long whether it is or not. */
  public static boolean matches(Hash kept, String password) {
    return MessageDigest.isEqual(kept.value(), compute(password, kept.salt(), kept.costs()));
  }

  private static byte[] compute(String password, byte[] salt, Costs costs) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(costs.memoryKib())
            .withIterations(costs.iterations())
            .withParallelism(costs.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
