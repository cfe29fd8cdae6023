package org.mekong.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mekong.client.AnswerInvalidException;

/**
 * Checks a statement of a register: that it is one, whose it is, for whom, and whether it may still
 * be relied on.
 *
 * @param keys the register's published keys
 * @param issuer the register's base URL
 * @param audience the agency that it is for, as {@code urn:mekong:agency:VN:some-office}
 */
record StatementCheck(JWKSet keys, String issuer, String audience) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HMAC = "HmacSHA256";

  /**
   * The claims of a statement whose signature, issuer and audience hold.
   *
   * @throws AnswerInvalidException naming the first thing that does not hold
   */
  JsonNode check(String statement) throws AnswerInvalidException {
    JsonNode claims = signed(statement);
    require(claims.path("iss").asText().equals(issuer), "it is of another register");
    require(claims.path("aud").asText().equals(audience), "it is for another agency");
    return claims;
  }

  /** Whether the time in which it may be relied on is over; then it only proves what was told. */
  static boolean isOver(JsonNode claims, Instant now) {
    return now.getEpochSecond() >= claims.path("exp").asLong();
  }

  /** Requires that the statement is about whom a value points at. */
  static void requireSubject(JsonNode claims, String salt, String value)
      throws AnswerInvalidException {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(salt), HMAC));
      String label = claims.path("subject").path("by").asText();
      byte[] hash = mac.doFinal((label + ':' + value).getBytes(StandardCharsets.UTF_8));
      String commitment = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
      require(
          commitment.equals(claims.path("subject").path("commitment").asText()),
          "it is about somebody else, or the salt is another one's");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new AnswerInvalidException("the salt is not one", e);
    }
  }

  private JsonNode signed(String statement) throws AnswerInvalidException {
    try {
      JWSObject jws = JWSObject.parse(statement);
      require(
          JWSAlgorithm.ES256.equals(jws.getHeader().getAlgorithm())
              && new JOSEObjectType("mekong-statement+jwt").equals(jws.getHeader().getType()),
          "it is no statement of a register");
      if (!(keys.getKeyByKeyId(jws.getHeader().getKeyID()) instanceof ECKey key)) {
        throw new AnswerInvalidException("its key is not among the published ones");
      }
      require(jws.verify(new ECDSAVerifier(key)), "its signature does not hold");
      return JSON.readTree(jws.getPayload().toString());
    } catch (ParseException | JOSEException | IOException e) {
      throw new AnswerInvalidException("it is no statement: " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String otherwise) throws AnswerInvalidException {
    if (!holds) {
      throw new AnswerInvalidException("the statement is not good: " + otherwise);
    }
  }
}
