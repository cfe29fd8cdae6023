package org.mekong.log.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.log.verify.MemoryLog;
import org.mekong.log.verify.Policy;

/** Evidence made with the platform's own cryptography: it holds whole, and no byte may differ. */
class EvidenceProperties {
  private static final String REQUEST_ID = "019aa300-0000-7000-8000-000000000001";
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair asking = pair("EC");
  private final KeyPair answering = pair("Ed25519");
  private final byte[] key = new byte[32];
  private final Policy policy;
  private final GatewayKeys trusted;
  private final byte[] bundle;

  EvidenceProperties() throws Exception {
    Map<String, Object> request = new HashMap<>();
    request.put("request_id", REQUEST_ID);
    request.put("from", "VN");
    request.put("to", "LA");
    request.put("agency", "vn-office");
    request.put("officer", "o-1");
    request.put("purpose", "marriage");
    request.put("legal_basis", "a law");
    request.put("kind", "verify");
    request.put("predicates", List.of(Map.of("name", "married"), Map.of("name", "alive")));
    String signedRequest = sign("ES256", "mekong-request+jwt", "vn-1", request, asking);
    Map<String, Object> answer = new HashMap<>();
    answer.put("request_id", REQUEST_ID);
    answer.put("request_digest", digest(signedRequest));
    answer.put("from", "LA");
    answer.put("to", "VN");
    answer.put("outcome", "answered");
    answer.put(
        "answers",
        List.of(
            Map.of("name", "married", "answer", "no"), Map.of("name", "alive", "answer", "yes")));
    String signedAnswer = sign("EdDSA", "mekong-answer+jwt", "la-1", answer, answering);

    String commitment = commitment("LA:4711");
    MemoryLog vn =
        new MemoryLog(
            "vn.mekong.example/gateway/2026",
            List.of(
                entry("request", digest(signedRequest), Map.of()),
                entry("answer", digest(signedAnswer), Map.of("outcome", "answered"))));
    MemoryLog la =
        new MemoryLog(
            "la.mekong.example/gateway/2026",
            List.of(
                entry(
                    "answer",
                    digest(signedAnswer),
                    Map.of("outcome", "answered", "subject", commitment))));
    policy =
        new Policy(
            List.of(vn.policy.logs().getFirst(), la.policy.logs().getFirst()),
            List.of(witness("A", vn), witness("B", la)),
            new Policy.Quorum.Group(
                1, List.of(new Policy.Quorum.One("A"), new Policy.Quorum.One("B"))));
    Map<String, Object> keys =
        Map.of(
            "VN", Map.of("keys", List.of(p256("vn-1", asking))),
            "LA", Map.of("keys", List.of(ed25519("la-1", answering))));
    trusted = GatewayKeys.parse(CanonicalJson.write(keys));
    bundle =
        CanonicalJson.write(
            EvidenceBundle.members(
                REQUEST_ID,
                signedRequest,
                Optional.of(signedAnswer),
                keys,
                List.of(
                    new EvidenceBundle.Leg("request", vn.proof(0)),
                    new EvidenceBundle.Leg("answer", vn.proof(1))),
                Optional.of(la.proof(0)),
                List.of(
                    new EvidenceBundle.KnownSubject(
                        commitment, BASE64URL.encodeToString(key), "LA:4711"))));
  }

  private static Policy.Witness witness(String name, MemoryLog log) {
    return new Policy.Witness(name, log.policy.witnesses().getFirst().key(), Optional.empty());
  }

  @Example
  void wholeEvidenceHoldsAndSaysWhatWasChecked() throws Exception {
    VerifiedEvidence verified =
        EvidenceVerifier.verify(EvidenceBundle.parse(bundle), policy, trusted);

    assertEquals(Optional.of("answered"), verified.outcome());
    assertEquals("VN", verified.from());
    assertEquals(7, verified.checks().size(), verified.checks()::toString);
    assertTrue(verified.checks().getLast().contains("opens"), verified.checks()::toString);
  }

  @Property(tries = 600)
  void noSingleByteMayDiffer(
      @ForAll @IntRange(max = 1_000_000) int place, @ForAll @IntRange(min = 1, max = 255) int by) {
    byte[] changed = bundle.clone();
    changed[place % changed.length] ^= (byte) by;

    EvidenceException wrong =
        assertThrows(
            EvidenceException.class,
            () -> EvidenceVerifier.verify(EvidenceBundle.parse(changed), policy, trusted));
    assertTrue(wrong.getMessage().startsWith(wrong.part() + ": "), wrong.getMessage());
  }

  @Example
  void theKeyOfAnOpeningStandsInOneFormOnly() {
    String text = new String(bundle, StandardCharsets.UTF_8);
    String key = text.replaceFirst("(?s).*\"key\":\"([A-Za-z0-9_-]{43})\".*", "$1");
    char last = key.charAt(42);
    String same = key.substring(0, 42) + (char) (last + 1); // two bits of it stand for nothing
    byte[] changed = text.replace(key, same).getBytes(StandardCharsets.UTF_8);

    EvidenceException wrong =
        assertThrows(
            EvidenceException.class,
            () -> EvidenceVerifier.verify(EvidenceBundle.parse(changed), policy, trusted));
    assertTrue(wrong.getMessage().contains("base64url"), wrong.getMessage());
  }

  @Example
  void theCoordinatesOfAKeyStandInOneFormOnly() {
    String text = new String(bundle, StandardCharsets.UTF_8);
    for (String name : List.of("x", "y")) {
      String value = text.replaceFirst("(?s).*\"" + name + "\":\"([A-Za-z0-9_-]{43})\".*", "$1");
      String same = value.substring(0, 42) + (char) (value.charAt(42) + 1);
      byte[] changed = text.replace(value, same).getBytes(StandardCharsets.UTF_8);

      EvidenceException wrong =
          assertThrows(EvidenceException.class, () -> EvidenceBundle.parse(changed));
      assertTrue(wrong.getMessage().contains("base64url"), wrong.getMessage());
    }
  }

  @Property(tries = 1_000)
  void anyBytesAreRefusedWithACheckedException(@ForAll byte[] bytes) {
    assertThrows(EvidenceException.class, () -> EvidenceBundle.parse(bytes));
    try {
      GatewayKeys.parse(bytes);
    } catch (EvidenceException e) {
      assertEquals("gateways' keys", e.part());
    }
  }

  @Example
  void keysOffTheirCurveAreRefused() {
    String off = BASE64URL.encodeToString(new byte[] {1, 2, 3});
    for (String jwk :
        List.of(
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"" + off + "\",\"y\":\"AA\"}",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k\",\"x\":\"!\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}",
            "{\"crv\":\"P-256\"}")) {
      String file = "{\"VN\":{\"keys\":[" + jwk + "]}}";
      assertThrows(
          EvidenceException.class,
          () -> GatewayKeys.parse(file.getBytes(StandardCharsets.UTF_8)),
          jwk);
    }
  }

  private String commitment(String subject) throws GeneralSecurityException {
    javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec(key, "HmacSHA256"));
    return BASE64URL.encodeToString(
        mac.doFinal((subject + REQUEST_ID).getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] entry(String leg, String digest, Map<String, Object> more) {
    Map<String, Object> entry = new HashMap<>(more);
    entry.put("version", 1);
    entry.put("kind", "exchange");
    entry.put("leg", leg);
    entry.put("request_id", REQUEST_ID);
    entry.put("from", "VN");
    entry.put("to", "LA");
    entry.put("agency", "vn-office");
    entry.put("officer", "o-1");
    entry.put("purpose", "marriage");
    entry.put("legal_basis", "a law");
    entry.put("lookup", "verify");
    entry.put("fields", List.of("alive", "married"));
    entry.put("digest", digest);
    return CanonicalJson.write(entry);
  }

  private static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(
      String algorithm, String type, String keyId, Map<String, Object> payload, KeyPair key)
      throws GeneralSecurityException {
    byte[] header = CanonicalJson.write(Map.of("alg", algorithm, "typ", type, "kid", keyId));
    String message =
        BASE64URL.encodeToString(header)
            + "."
            + BASE64URL.encodeToString(CanonicalJson.write(payload));
    Signature signer =
        Signature.getInstance(
            algorithm.equals("ES256") ? "SHA256withECDSAinP1363Format" : "Ed25519");
    signer.initSign(key.getPrivate());
    signer.update(message.getBytes(StandardCharsets.US_ASCII));
    return message + "." + BASE64URL.encodeToString(signer.sign());
  }

  private static String digest(String compact) throws GeneralSecurityException {
    return BASE64URL.encodeToString(
        MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Map<String, Object> p256(String id, KeyPair pair) {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    return Map.of(
        "kty",
        "EC",
        "crv",
        "P-256",
        "kid",
        id,
        "x",
        coordinate(key.getW().getAffineX().toByteArray()),
        "y",
        coordinate(key.getW().getAffineY().toByteArray()));
  }

  private static String coordinate(byte[] number) {
    byte[] coordinate = new byte[32];
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, coordinate, 32 - length, length);
    return BASE64URL.encodeToString(coordinate);
  }

  private static Map<String, Object> ed25519(String id, KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Map.of(
        "kty",
        "OKP",
        "crv",
        "Ed25519",
        "kid",
        id,
        "x",
        BASE64URL.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
  }
}
