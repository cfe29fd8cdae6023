package org.mekong.resourceserver.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mekong.resourceserver.testing.DpopClient;

/** FAPI 2.0 Security Profile section 5.4.1: which signatures, by which keys. */
class JwsKeysTest {
  /** The key and the signature of RFC 8037, appendix A. */
  private static final String RFC_8037_KEY =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
          + "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
          + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

  private static final String RFC_8037_JWS =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
          + "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

  @Test
  void signsAndVerifiesAsRfc8037AppendixADoes() throws Exception {
    OctetKeyPair key = OctetKeyPair.parse(RFC_8037_KEY);
    JWSObject made =
        new JWSObject(new JWSHeader(JWSAlgorithm.EdDSA), new Payload("Example of Ed25519 signing"));
    made.sign(JwsKeys.signer(key));

    assertEquals(RFC_8037_JWS, made.serialize());
    assertTrue(JWSObject.parse(RFC_8037_JWS).verify(JwsKeys.verifier(key.toPublicJWK())));
  }

  @Test
  void changedSignatureOrTextOrKeyIsNotVerified() throws Exception {
    OctetKeyPair key = OctetKeyPair.parse(RFC_8037_KEY);
    List<String> broken =
        List.of(
            RFC_8037_JWS.replace("hgyY", "hgyZ"),
            RFC_8037_JWS.replace("RXhh", "RXhi"),
            RFC_8037_JWS.substring(0, RFC_8037_JWS.lastIndexOf('.')) + ".AAAA");
    for (String jws : broken) {
      assertFalse(JWSObject.parse(jws).verify(JwsKeys.verifier(key.toPublicJWK())), jws);
    }
    assertFalse(
        JWSObject.parse(RFC_8037_JWS)
            .verify(JwsKeys.verifier(DpopClient.newEd25519().toPublicJWK())));
  }

  @Test
  void criticalHeaderThatIsNotUnderstoodIsNotVerified() throws Exception {
    OctetKeyPair key = OctetKeyPair.parse(RFC_8037_KEY);
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.EdDSA)
            .criticalParams(Set.of("new"))
            .customParam("new", 1)
            .build();
    JWSObject jws = new JWSObject(header, new Payload("x"));
    jws.sign(JwsKeys.signer(key));

    assertFalse(jws.verify(JwsKeys.verifier(key)));
  }

  @Test
  void eachAlgorithmMeetsKeysOfItsKindAlone() throws Exception {
    Map<JWSAlgorithm, JWK> good =
        Map.of(
            JWSAlgorithm.ES256, DpopClient.newKey(),
            JWSAlgorithm.PS256, new RSAKeyGenerator(2048).generate(),
            JWSAlgorithm.EdDSA, DpopClient.newEd25519());
    for (JWSAlgorithm algorithm : JwsKeys.ALGORITHMS) {
      for (Map.Entry<JWSAlgorithm, JWK> key : good.entrySet()) {
        assertEquals(
            algorithm.equals(key.getKey()),
            JwsKeys.fits(algorithm, key.getValue()),
            algorithm + "");
      }
      assertEquals(algorithm, JwsKeys.algorithm(good.get(algorithm)));
    }
  }

  @Test
  void keysThatAreWeakOrOfOtherKindsFitNothing() throws Exception {
    for (JWK key :
        List.of(
            new RSAKeyGenerator(1024, true).generate(),
            new ECKeyGenerator(Curve.P_384).generate(),
            new ECKeyGenerator(Curve.P_256).algorithm(JWSAlgorithm.ES384).generate(),
            new OctetSequenceKeyGenerator(256).generate())) {
      assertThrows(JOSEException.class, () -> JwsKeys.algorithm(key));
    }
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.RS256, JWSAlgorithm.HS256, JWSAlgorithm.ES384, JWSAlgorithm.Ed25519)) {
      assertFalse(JwsKeys.fits(algorithm, DpopClient.newKey()));
      assertFalse(JwsKeys.fits(algorithm, DpopClient.newEd25519()));
    }
  }
}
