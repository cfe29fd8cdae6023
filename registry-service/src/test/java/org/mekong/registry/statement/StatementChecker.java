package org.mekong.registry.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks statements as an agency would that has nothing but the JDK, the published keys and the
 * integrator guide.
 */
public final class StatementChecker {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatementChecker() {}

  /** Why a statement is refused. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /** The claims of a statement that may be relied on by an audience at a moment. */
  public static JsonNode check(
      String statement, String jwks, String issuer, String audience, Instant now)
      throws Refused, IOException, GeneralSecurityException {
    String[] parts = statement.split("\\.", -1);
    require(parts.length == 3, "not a compact JWS");
    JsonNode header = json(parts[0]);
    require(header.path("typ").asText().equals("mekong-statement+jwt"), "of another type");
    require(header.path("alg").asText().equals("ES256"), "signed by another algorithm");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key(jwks, header.path("kid").asText()));
    signature.update((parts[0] + '.' + parts[1]).getBytes(US_ASCII));
    require(signature.verify(decoded(parts[2])), "the signature does not hold");
    JsonNode claims = json(parts[1]);
    require(claims.path("iss").asText().equals(issuer), "of another issuer");
    require(claims.path("aud").asText().equals(audience), "for another audience");
    require(now.getEpochSecond() < claims.path("exp").asLong(), "expired");
    require(now.getEpochSecond() >= claims.path("iat").asLong() - 60, "of the future");
    return claims;
  }

  /** What stands for a value in a statement. */
  public static String commitment(String salt, String label, String value)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(decoded(salt), "HmacSHA256"));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac.doFinal((label + ":" + value).getBytes(UTF_8)));
  }

  private static PublicKey key(String jwks, String kid)
      throws Refused, IOException, GeneralSecurityException {
    for (JsonNode key : JSON.readTree(jwks).path("keys")) {
      if (key.path("kid").asText().equals(kid)) {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(
                    new ECPoint(number(key.path("x")), number(key.path("y"))),
                    curve.getParameterSpec(ECParameterSpec.class)));
      }
    }
    throw new Refused("the key is not published");
  }

  private static BigInteger number(JsonNode text) {
    return new BigInteger(1, decoded(text.asText()));
  }

  private static JsonNode json(String part) throws IOException {
    return JSON.readTree(decoded(part));
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static void require(boolean holds, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(otherwise);
    }
  }
}
