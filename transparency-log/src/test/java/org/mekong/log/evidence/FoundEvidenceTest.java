package org.mekong.log.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mekong.log.entry.CanonicalJson;
import org.mekong.log.verify.MemoryLog;
import org.mekong.log.verify.Policy;

/** Evidence on persons who were found by what was known of them. */
class FoundEvidenceTest {
  private static final String REQUEST_ID = "019aa300-0000-7000-8000-000000000002";
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair asking;
  private final KeyPair answering;

  FoundEvidenceTest() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    asking = generator.generateKeyPair();
    answering = generator.generateKeyPair();
  }

  @Test
  void whatOneAsksByStandsAmongTheFieldsOfTheEntry() throws Exception {
    assertEquals(
        Optional.of("answered"),
        verify(finding("names"), List.of("date_of_birth", "names")).outcome());
  }

  @Test
  void anEntryThatLeavesOutWhatWasAskedByIsWrong() {
    EvidenceException wrong =
        assertThrows(EvidenceException.class, () -> verify(finding("names"), List.of("names")));

    assertEquals("request leg", wrong.part());
  }

  @Test
  void aPersonShownWithMoreThanWasAskedIsWrong() {
    for (Map<String, Object> more : List.of(finding("religion"), Map.<String, Object>of())) {
      EvidenceException wrong =
          assertThrows(
              EvidenceException.class, () -> verify(more, List.of("date_of_birth", "names")));

      assertEquals("signed answer", wrong.part());
    }
  }

  private static Map<String, Object> finding(String field) {
    return Map.of(
        "finding",
        Map.of(
            "result",
            "found",
            "persons",
            List.of(Map.of("person", Map.of("names", "A")), Map.of("person", Map.of(field, "B")))));
  }

  private VerifiedEvidence verify(Map<String, Object> said, List<String> logged) throws Exception {
    Map<String, Object> request = new HashMap<>(shared());
    request.put("kind", "search");
    request.put("fields", List.of("names"));
    request.put("known", Map.of("date_of_birth", "1999"));
    String signedRequest = sign("mekong-request+jwt", "vn-1", request, asking);
    Map<String, Object> answer = new HashMap<>(said);
    answer.put("request_id", REQUEST_ID);
    answer.put("request_digest", digest(signedRequest));
    answer.put("from", "LA");
    answer.put("to", "VN");
    answer.put("outcome", "answered");
    String signedAnswer = sign("mekong-answer+jwt", "la-1", answer, answering);
    MemoryLog vn =
        new MemoryLog(
            "vn.mekong.example/gateway/2026",
            List.of(
                entry("request", digest(signedRequest), logged, Map.of()),
                entry("answer", digest(signedAnswer), logged, Map.of("outcome", "answered"))));
    MemoryLog la =
        new MemoryLog(
            "la.mekong.example/gateway/2026",
            List.of(entry("answer", digest(signedAnswer), logged, Map.of("outcome", "answered"))));
    Map<String, Object> keys =
        Map.of(
            "VN", Map.of("keys", List.of(jwk("vn-1", asking))),
            "LA", Map.of("keys", List.of(jwk("la-1", answering))));
    byte[] bundle =
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
                List.of()));
    return EvidenceVerifier.verify(
        EvidenceBundle.parse(bundle),
        Policy.ofLogs(vn.policy.logs().getFirst().key(), la.policy.logs().getFirst().key()),
        GatewayKeys.parse(CanonicalJson.write(keys)));
  }

  private static Map<String, Object> shared() {
    return Map.of(
        "request_id", REQUEST_ID,
        "from", "VN",
        "to", "LA",
        "agency", "vn-office",
        "officer", "o-1",
        "purpose", "border-resident",
        "legal_basis", "a law");
  }

  private static byte[] entry(
      String leg, String digest, List<String> fields, Map<String, Object> more) {
    Map<String, Object> entry = new HashMap<>(more);
    entry.putAll(shared());
    entry.put("version", 1);
    entry.put("kind", "exchange");
    entry.put("leg", leg);
    entry.put("lookup", "search");
    entry.put("fields", fields);
    entry.put("digest", digest);
    return CanonicalJson.write(entry);
  }

  private static String sign(String type, String keyId, Map<String, Object> payload, KeyPair key)
      throws GeneralSecurityException {
    byte[] header = CanonicalJson.write(Map.of("alg", "EdDSA", "typ", type, "kid", keyId));
    String message =
        BASE64URL.encodeToString(header)
            + "."
            + BASE64URL.encodeToString(CanonicalJson.write(payload));
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key.getPrivate());
    signer.update(message.getBytes(StandardCharsets.US_ASCII));
    return message + "." + BASE64URL.encodeToString(signer.sign());
  }

  private static String digest(String compact) throws GeneralSecurityException {
    return BASE64URL.encodeToString(
        MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Map<String, Object> jwk(String id, KeyPair pair) {
    byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return Map.of("kty", "OKP", "crv", "Ed25519", "kid", id, "x", BASE64URL.encodeToString(x));
  }
}
