package org.mekong.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.client.AnswerInvalidException;

class StatementCheckTest {
  private static final String ISSUER = "https://registry.vn.example";
  private static final String OFFICE = "urn:mekong:agency:VN:office";
  private static final Instant NOW = Instant.now();

  /** Of HMAC-SHA-256 with 32 zero bytes over "personal_number:045199730241". */
  private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static final String COMMITMENT = "bu71CYKnmzQ3Tm8oeLRGFdAvtGIQANtWf80TZ0-Q7lw";

  private final ECKey key = key();
  private final JWKSet published = new JWKSet(key.toPublicJWK());
  private final StatementCheck check = new StatementCheck(published, ISSUER, OFFICE);

  @Test
  void whatDoesNotHoldIsNamed() throws Exception {
    String good = statement(key, "mekong-statement+jwt", NOW.plusSeconds(300));
    refused("another register", new StatementCheck(published, "https://la", OFFICE), good);
    refused("another agency", new StatementCheck(published, ISSUER, OFFICE + "2"), good);
    refused("no statement of a register", check, statement(key, "at+jwt", NOW.plusSeconds(300)));
    refused("not among", check, statement(key(), "mekong-statement+jwt", NOW.plusSeconds(300)));
    String[] parts = good.split("\\.");
    String late =
        statement(key, "mekong-statement+jwt", NOW.plus(Duration.ofDays(1))).split("\\.")[1];
    refused("signature", check, parts[0] + "." + late + "." + parts[2]);
    refused("no statement", check, "x.y");
  }

  @Test
  void aGoodOneIsGoodUntilItsTimeIsOver() throws Exception {
    JsonNode claims = check.check(statement(key, "mekong-statement+jwt", NOW.plusSeconds(300)));
    assertEquals("marriage", claims.path("purpose").asText());
    assertEquals(false, StatementCheck.isOver(claims, NOW));
    assertTrue(StatementCheck.isOver(claims, NOW.plusSeconds(301)));
  }

  @Test
  void isAboutWhoeverTheSaltAndTheNumberSay() throws Exception {
    JsonNode claims = check.check(statement(key, "mekong-statement+jwt", NOW.plusSeconds(300)));
    StatementCheck.requireSubject(claims, SALT, "045199730241");
    assertThrows(
        AnswerInvalidException.class,
        () -> StatementCheck.requireSubject(claims, SALT, "045199730242"));
    assertThrows(
        AnswerInvalidException.class,
        () -> StatementCheck.requireSubject(claims, "!", "045199730241"));
  }

  @Test
  void theCommandSaysSo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("statement.jws");
    Files.writeString(file, statement(key, "mekong-statement+jwt", NOW.minusSeconds(1)));
    Path keys = folder.resolve("jwks.json");
    Files.writeString(keys, published.toString());
    String[] arguments = {
      "verify-statement",
      file.toString(),
      "--keys",
      keys.toString(),
      "--issuer",
      ISSUER,
      "--audience",
      OFFICE,
      "--salt",
      SALT,
      "--subject",
      "045199730241",
      "--kept"
    };
    assertEquals(0, Mekong.run(arguments));
    arguments[12] = "--salt=" + SALT;
    assertEquals(2, Mekong.run(arguments));
    assertEquals(1, Mekong.run(java.util.Arrays.copyOf(arguments, 12)));
  }

  private static void refused(String why, StatementCheck check, String statement) {
    String message =
        String.valueOf(
            assertThrows(AnswerInvalidException.class, () -> check.check(statement)).getMessage());
    assertTrue(message.contains(why), message);
  }

  private static String statement(ECKey with, String type, Instant until) throws JOSEException {
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(with.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(OFFICE)
                .expirationTime(Date.from(until))
                .claim("purpose", "marriage")
                .claim("subject", Map.of("by", "personal_number", "commitment", COMMITMENT))
                .build());
    signed.sign(new ECDSASigner(with));
    return signed.serialize();
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
