package org.mekong.gateway.agreement.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A nation's signature is by a pinned key, of its own type, over these very bytes. */
class AgreementSignatureTest {

  private static final byte[] DOCUMENT = "{\"id\": \"vn-la\"}".getBytes(StandardCharsets.UTF_8);

  private final ECKey key = key("la-gateway");
  private final JWKSet pinned = new JWKSet(key.toPublicJWK());

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String refusal(byte[] document, String signature, JWKSet keys) {
    return assertThrows(
            SignatureRefused.class, () -> AgreementSignature.verify(document, signature, keys))
        .getMessage();
  }

  @Test
  void whatAPinnedKeySignedIsTaken() throws Exception {
    ECKey by = AgreementSignature.verify(DOCUMENT, AgreementSignature.sign(key, DOCUMENT), pinned);

    assertEquals(key.toPublicJWK(), by);
  }

  @Test
  void anotherDocumentIsNotSigned() {
    byte[] altered = "{\"id\":\"vn-la\"}".getBytes(StandardCharsets.UTF_8);

    assertTrue(
        refusal(altered, AgreementSignature.sign(key, DOCUMENT), pinned).contains("does not fit"));
  }

  @Test
  void aKeyThatIsNotPinnedSignsForNobody() {
    String stranger = AgreementSignature.sign(key("la-gateway"), DOCUMENT);
    assertTrue(refusal(DOCUMENT, stranger, pinned).contains("does not fit"));

    String unknown = AgreementSignature.sign(key("somebody"), DOCUMENT);
    assertTrue(refusal(DOCUMENT, unknown, pinned).contains("key id"));
  }

  @Test
  void whatTheSameKeySignedForSomethingElseIsNoSignature() throws Exception {
    var message =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("mekong-request+jwt"))
                .keyID("la-gateway")
                .build(),
            new Payload(DOCUMENT));
    message.sign(new ECDSASigner(key));

    assertTrue(refusal(DOCUMENT, message.serialize(true), pinned).contains("header"));
  }

  @Test
  void whatIsNoDetachedSignatureIsRefused() {
    String good = AgreementSignature.sign(key, DOCUMENT);
    for (String wrong :
        new String[] {"", "a..b", good + "x", good.replace("..", ".e30."), good.substring(5)}) {
      refusal(DOCUMENT, wrong, pinned);
    }
  }
}
