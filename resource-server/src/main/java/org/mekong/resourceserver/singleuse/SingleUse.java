package org.mekong.resourceserver.singleuse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A thing that may be used once: the {@code jti} of a proof or of a client assertion, a code, a
 * nonce.
 *
 * @param kind what it is, in a word: things of different kinds never meet
 * @param owner whose it is: a client's id or a key's thumbprint
 * @param identifier the thing itself; only its digest leaves memory
 */
public record SingleUse(String kind, String owner, String identifier) {

  /** SHA-256 over the three parts, each with its length, so that no two triples meet. */
  public byte[] digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {kind, owner, identifier}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sha256.update(bytes);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Names the kind alone: an identifier that may still be usable does not reach a log. */
  @Override
  public String toString() {
    return "SingleUse[" + kind + "]";
  }
}
