package org.mekong.registry.disclosure.repeat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A question of the gateway.
 *
 * @param country nation that asks
 * @param requestId under which it asks; the same for a repeat
 * @param content what is asked, the same bytes for the same question; holds personal data
 */
public record AskedQuestion(String country, UUID requestId, byte[] content) {

  public AskedQuestion {
    content = content.clone();
  }

  /** What is kept of the content: numbers of persons could be guessed from a digest of it alone. */
  byte[] digest(byte[] salt) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      return sha256.digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names the request alone: the rest is personal data. */
  @Override
  public String toString() {
    return "AskedQuestion[" + country + ", " + requestId + "]";
  }
}
