package org.mekong.gateway.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.MessageRefused.Fault;
import org.mekong.resourceserver.key.JwsKeys;

/**
 * A signed message: a compact JWS (RFC 7515) of algorithm ES256 whose protected header holds {@code
 * alg}, {@code typ} and {@code kid} and nothing else, so that nothing can be nested, compressed or
 * pointed elsewhere.
 *
 * @param <T> type of the payload
 * @param compact the JWS
 * @param payload what it says
 */
public record SignedMessage<T>(String compact, T payload) {

  /** Largest message that is read, in characters. */
  public static final int MAX_LENGTH = 64 * 1024;

  private static final Pattern COMPACT =
      Pattern.compile("[0-9A-Za-z_-]{1,2048}\\.[0-9A-Za-z_-]+\\.[0-9A-Za-z_-]{86}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 16;
  private static final int MOST_SIGNERS = 16;

  /** Made once of each key, which costs more than a signature. */
  private static final Map<ECKey, JWSSigner> SIGNERS = new ConcurrentHashMap<>();

  private record Header(String alg, String typ, String kid) {}

  /**
   * Signs.
   *
   * @param key private P-256 key with a key id
   * @param type value of {@code typ}
   */
  public static <T> SignedMessage<T> sign(ECKey key, String type, T payload) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType(type))
              .keyID(key.getKeyID())
              .build();
      byte[] content = StrictJson.snakeCase().writeValueAsBytes(payload);
      var jws = new JWSObject(header, new Payload(content));
      jws.sign(signer(key));
      return new SignedMessage<>(jws.serialize(), payload);
    } catch (JsonProcessingException | JOSEException e) {
      throw new IllegalStateException("cannot sign a message of type " + type, e);
    }
  }

  private static JWSSigner signer(ECKey key) throws JOSEException {
    JWSSigner known = SIGNERS.get(key);
    if (known == null) {
      known = new ECDSASigner(key);
      if (SIGNERS.size() >= MOST_SIGNERS) {
        SIGNERS.clear(); // of keys that have been followed by others
      }
      SIGNERS.put(key, known);
    }
    return known;
  }

  /**
   * Verifies and reads. Pure: neither a clock nor anything outside is asked.
   *
   * @param compact what came
   * @param keys the keys pinned for the sender
   * @param type the {@code typ} it must have
   * @throws MessageRefused when it is anything else
   */
  public static <T> SignedMessage<T> verify(
      String compact, JWKSet keys, String type, Class<T> payloadType) throws MessageRefused {
    if (compact.length() > MAX_LENGTH || !COMPACT.matcher(compact).matches()) {
      throw new MessageRefused(Fault.MALFORMED, "the message is not a compact JWS of ES256");
    }
    try {
      JWSObject jws = JWSObject.parse(compact);
      Header header =
          StrictJson.mapper().readValue(text(jws.getHeader().toBase64URL()), Header.class);
      if (!"ES256".equals(header.alg()) || !type.equals(header.typ()) || header.kid() == null) {
        throw new MessageRefused(
            Fault.MALFORMED, "the header does not hold ES256, " + type + " and a key id");
      }
      JWK key = keys.getKeyByKeyId(header.kid());
      if (!(key instanceof ECKey pinned)) {
        throw new MessageRefused(Fault.SIGNATURE, "the key id is not that of a pinned key");
      }
      if (!jws.verify(JwsKeys.verifier(pinned.toPublicJWK()))) {
        throw new MessageRefused(Fault.SIGNATURE, "the signature does not fit the pinned key");
      }
      String content = text(jws.getPayload().toBase64URL());
      T payload = StrictJson.snakeCase().readValue(content, payloadType);
      if (payload == null) {
        throw new MessageRefused(Fault.MALFORMED, "the payload is empty");
      }
      return new SignedMessage<>(compact, payload);
    } catch (ParseException | JsonProcessingException | CharacterCodingException e) {
      throw new MessageRefused(Fault.MALFORMED, "the message is not as agreed");
    } catch (JOSEException e) {
      throw new MessageRefused(Fault.SIGNATURE, "the signature cannot be checked");
    }
  }

  /** Base64url SHA-256 of the compact form. Salted by the payload's nonce. */
  public String digest() {
    return digest(compact);
  }

  /** Base64url SHA-256 of a compact form. */
  public static String digest(String compact) {
    try {
      byte[] bytes = compact.getBytes(StandardCharsets.US_ASCII);
      return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(bytes)).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new nonce: 128 random bits, base64url. */
  public static String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64URL.encode(bytes).toString();
  }

  private static String text(Base64URL part) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part.decode())).toString();
  }

  /** Names the type of the payload alone. */
  @Override
  public String toString() {
    return "SignedMessage[" + payload.getClass().getSimpleName() + "]";
  }
}
