package org.mekong.gateway.agreement.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.regex.Pattern;
import org.mekong.gateway.json.StrictJson;

/**
 * A nation's signature on an agreement: a compact JWS with detached content (RFC 7515, appendix F)
 * of algorithm ES256 over the document's bytes. Its protected header holds {@code alg}, {@code typ}
 * {@value #TYPE} and {@code kid} and nothing else; the type keeps it apart from everything else
 * that the same key signs. Pure.
 */
public final class AgreementSignature {

  /** The {@code typ} of a signature on an agreement. */
  public static final String TYPE = "mekong-agreement+jws";

  private static final Pattern DETACHED =
      Pattern.compile("[0-9A-Za-z_-]{1,1024}\\.\\.[0-9A-Za-z_-]{86}");

  private record Header(String alg, String typ, String kid) {}

  private AgreementSignature() {}

  /**
   * Signs a document.
   *
   * @param key private P-256 key with a key id
   */
  public static String sign(ECKey key, byte[] document) {
    try {
      var jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType(TYPE))
                  .keyID(key.getKeyID())
                  .build(),
              new Payload(document));
      jws.sign(new ECDSASigner(key));
      return jws.serialize(true);
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign an agreement", e);
    }
  }

  /**
   * Verifies a signature.
   *
   * @param keys pinned for the nation that is to have signed
   * @return the key that made it
   * @throws SignatureRefused when none of these keys has signed these bytes so
   */
  public static ECKey verify(byte[] document, String signature, JWKSet keys)
      throws SignatureRefused {
    if (!DETACHED.matcher(signature).matches()) {
      throw new SignatureRefused("it is not a detached compact JWS of ES256");
    }
    try {
      JWSObject jws = JWSObject.parse(signature, new Payload(document));
      JWK key = keys.getKeyByKeyId(header(jws.getHeader().toBase64URL()).kid());
      if (!(key instanceof ECKey pinned)) {
        throw new SignatureRefused("its key id is not that of a key pinned for the nation");
      }
      if (!jws.verify(new ECDSAVerifier(pinned.toPublicJWK()))) {
        throw new SignatureRefused("it does not fit the document and the pinned key");
      }
      return pinned.toPublicJWK();
    } catch (ParseException | JsonProcessingException e) {
      throw new SignatureRefused("it is not as agreed");
    } catch (JOSEException e) {
      throw new SignatureRefused("it cannot be checked");
    }
  }

  private static Header header(Base64URL part) throws JsonProcessingException, SignatureRefused {
    Header header =
        StrictJson.mapper()
            .readValue(new String(part.decode(), StandardCharsets.UTF_8), Header.class);
    if (header == null
        || !"ES256".equals(header.alg())
        || !TYPE.equals(header.typ())
        || header.kid() == null) {
      throw new SignatureRefused("its header does not hold ES256, " + TYPE + " and a key id");
    }
    return header;
  }
}
