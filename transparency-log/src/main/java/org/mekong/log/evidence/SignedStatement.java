package org.mekong.log.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;

/**
 * A compact JWS (RFC 7515), verified.
 *
 * @param payload what it says
 * @param digest base64url SHA-256 of the compact form, by which logs speak of it
 */
record SignedStatement(Members payload, String digest) {
  private static final int LONGEST = 64 * 1024;
  private static final Set<String> HEADER = Set.of("alg", "typ", "kid");

  /** What is said, before it is known who has signed it. */
  static Members unverified(String part, String compact) throws EvidenceException {
    return Members.parse(part, decode(part, split(part, compact)[1]));
  }

  /**
   * Verifies a statement.
   *
   * @param part of the bundle, for messages
   * @param nation whose gateway has to have signed it
   */
  static SignedStatement verify(
      String part, String compact, String type, String nation, GatewayKeys trusted)
      throws EvidenceException {
    String[] parts = split(part, compact);
    Members header = Members.parse(part, decode(part, parts[0]));
    if (!header.all().keySet().equals(HEADER) || !header.text("typ").equals(type)) {
      throw new EvidenceException(part, "the header does not hold alg, kid and the typ " + type);
    }
    SigningKey key =
        trusted
            .find(nation, header.text("kid"))
            .orElseThrow(
                () ->
                    new EvidenceException(
                        part, "the key id is not that of a trusted key of its nation"));
    byte[] message = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!header.text("alg").equals(key.algorithm())
        || !key.verifies(message, decode(part, parts[2]))) {
      throw new EvidenceException(
          part, "the signature does not fit the trusted key " + key.id() + " of " + nation);
    }
    return new SignedStatement(Members.parse(part, decode(part, parts[1])), digest(compact));
  }

  private static String[] split(String part, String compact) throws EvidenceException {
    String[] parts = compact.split("[.]", -1);
    if (compact.length() > LONGEST || parts.length != 3) {
      throw new EvidenceException(part, "not a compact JWS");
    }
    return parts;
  }

  /** The bytes of a text in the one form that stands for them. */
  static byte[] decode(String part, String base64url) throws EvidenceException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64url);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64url)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new EvidenceException(part, "not canonical base64url");
  }

  private static String digest(String compact) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
