package org.mekong.resourceserver.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.request.ProtectedRequest;
import org.mekong.resourceserver.singleuse.InMemorySingleUseStore;
import org.mekong.resourceserver.testing.DpopClient;

/** Refusals first, one by one, each named by the rule that must refuse it. */
class DpopProofVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final URI URI_ASKED =
      URI.create("https://registry.example/v1/persons/7?purpose=x");
  private static final String TOKEN = "header.payload.signature";
  private static final DpopClient CLIENT =
      new DpopClient(DpopClient.newKey(), JWSAlgorithm.ES256, CLOCK);

  private final InMemorySingleUseStore store = new InMemorySingleUseStore();
  private final DpopProofVerifier verifier = new DpopProofVerifier(store, CLOCK);

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void refuses(AccessRule rule, String what, List<String> proofs) {
    AccessRefused refused =
        assertThrows(
            AccessRefused.class,
            () -> verifier.verify(request(proofs), token(CLIENT.thumbprint())));

    assertEquals(rule, refused.rule());
    assertEquals(0, store.size(), "a refused proof spends nothing");
  }

  static Stream<Arguments> refusals() throws Exception {
    return Stream.of(
        refusal(AccessRule.PROOF_MISSING, "no proof"),
        refusal(AccessRule.PROOF_DUPLICATED, "two proofs", proof(), proof()),
        refusal(AccessRule.PROOF_DUPLICATED, "two proofs in one header", proof() + ", " + proof()),
        refusal(AccessRule.PROOF_TOO_LARGE, "a huge proof", with("pad", "x".repeat(5000))),
        refusal(AccessRule.PROOF_TOO_LARGE, "a huge jti", with("jti", "x".repeat(300))),
        refusal(AccessRule.PROOF_MALFORMED, "an empty header", ""),
        refusal(AccessRule.PROOF_MALFORMED, "not a JWT", "not-a-jwt"),
        refusal(AccessRule.PROOF_MALFORMED, "alg none", unsigned()),
        refusal(AccessRule.PROOF_MALFORMED, "a payload that is no JSON", noJson()),
        refusal(AccessRule.PROOF_MALFORMED, "iat is a text", with("iat", "now")),
        refusal(AccessRule.PROOF_MALFORMED, "jti is a number", with("jti", 7)),
        refusal(AccessRule.PROOF_MALFORMED, "htm is a list", with("htm", List.of("GET"))),
        refusal(AccessRule.PROOF_MALFORMED, "no key in the header", withHeader(header(null))),
        refusal(AccessRule.PROOF_MALFORMED, "the private key in the header", privateKey()),
        refusal(AccessRule.PROOF_TYPE, "typ JWT", withHeader(typed("JWT"))),
        refusal(AccessRule.PROOF_TYPE, "no typ", withHeader(typed(null))),
        refusal(AccessRule.PROOF_ALGORITHM, "HS256 with a secret", hmac()),
        refusal(AccessRule.PROOF_ALGORITHM, "RS256", by(rsa(2048), JWSAlgorithm.RS256)),
        refusal(AccessRule.PROOF_KEY, "EdDSA by a P-256 key", renamed("EdDSA")),
        refusal(AccessRule.PROOF_ALGORITHM, "ES384", by(p384(), JWSAlgorithm.ES384)),
        refusal(AccessRule.PROOF_KEY, "an RSA key under ES256", otherKeyType()),
        refusal(AccessRule.PROOF_KEY, "an RSA key of 1024 bits", weakRsa()),
        refusal(AccessRule.PROOF_SIGNATURE, "a signature of another key", forged()),
        refusal(AccessRule.PROOF_SIGNATURE, "claims changed after signing", tampered()),
        refusal(AccessRule.PROOF_CLAIM_MISSING, "jti missing", with("jti", null)),
        refusal(AccessRule.PROOF_CLAIM_MISSING, "jti blank", with("jti", " ")),
        refusal(AccessRule.PROOF_CLAIM_MISSING, "iat missing", with("iat", null)),
        refusal(AccessRule.PROOF_CLAIM_MISSING, "htm missing", with("htm", null)),
        refusal(AccessRule.PROOF_CLAIM_MISSING, "htu missing", with("htu", null)),
        refusal(AccessRule.PROOF_CLAIM_MISSING, "ath missing", with("ath", null)),
        refusal(AccessRule.PROOF_STALE, "61 s old", issued(Duration.ofSeconds(-61))),
        refusal(AccessRule.PROOF_STALE, "an hour old", issued(Duration.ofHours(-1))),
        refusal(AccessRule.PROOF_AHEAD, "11 s ahead", issued(Duration.ofSeconds(11))),
        refusal(AccessRule.PROOF_AHEAD, "an hour ahead", issued(Duration.ofHours(1))),
        refusal(AccessRule.PROOF_METHOD, "htm of another method", with("htm", "POST")),
        refusal(AccessRule.PROOF_METHOD, "htm in lower case", with("htm", "get")),
        refusal(
            AccessRule.PROOF_URI,
            "htu of another path",
            with("htu", "https://registry.example/v1")),
        refusal(
            AccessRule.PROOF_URI,
            "htu of another host",
            with("htu", "https://evil.example/v1/persons/7")),
        refusal(
            AccessRule.PROOF_URI,
            "htu by http",
            with("htu", "http://registry.example/v1/persons/7")),
        refusal(AccessRule.PROOF_URI, "htu with the query", with("htu", URI_ASKED.toString())),
        refusal(AccessRule.PROOF_TOKEN_HASH, "ath of another token", otherToken()),
        refusal(AccessRule.PROOF_OTHER_KEY, "a proof by a stranger's key", stranger()),
        refusal(AccessRule.PROOF_INVALID, "an expired exp", with("exp", 1)),
        refusal(AccessRule.PROOF_INVALID, "an empty nonce", with("nonce", "")),
        refusal(AccessRule.PROOF_INVALID, "a huge nonce", with("nonce", "x".repeat(300))),
        refusal(AccessRule.PROOF_MALFORMED, "nonce is a number", with("nonce", 7)));
  }

  @Test
  void nonceThatAnotherServerOfTheOriginGaveIsNoMatter() throws Exception {
    URI endpoint = URI.create("https://id.example/token");

    verifier.verify(request(List.of(with("nonce", "of-another"))), token(CLIENT.thumbprint()));
    assertEquals(
        CLIENT.thumbprint(),
        verifier.verifyTokenRequest(
            List.of(CLIENT.proof("POST", endpoint, "", c -> c.claim("nonce", "of-another"))),
            endpoint,
            "c"));
  }

  @Test
  void refusesTokenThatIsBoundToNoKey() {
    assertRefused(AccessRule.TOKEN_UNBOUND, request(List.of(proof())), token(""));
  }

  @Test
  void refusesReplay() throws Exception {
    ProtectedRequest request = request(List.of(proof()));
    verifier.verify(request, token(CLIENT.thumbprint()));

    assertRefused(AccessRule.PROOF_REPLAYED, request, token(CLIENT.thumbprint()));
  }

  @Test
  void sameIdentifierUnderAnotherKeyIsAnotherProof() throws Exception {
    verifier.verify(request(List.of(with("jti", "same"))), token(CLIENT.thumbprint()));

    DpopClient other = new DpopClient(DpopClient.newKey(), JWSAlgorithm.ES256, CLOCK);
    String proof = other.proof("GET", URI_ASKED, TOKEN, claims -> claims.jwtID("same"));
    verifier.verify(request(List.of(proof)), token(other.thumbprint()));
  }

  @Test
  void acceptsTheEdgesOfTheWindow() throws Exception {
    verifier.verify(request(List.of(issued(Duration.ofSeconds(-60)))), token(CLIENT.thumbprint()));
    verifier.verify(request(List.of(issued(Duration.ofSeconds(10)))), token(CLIENT.thumbprint()));
  }

  @Test
  void acceptsPs256() throws Exception {
    JWK key = rsa(2048);
    DpopClient client = new DpopClient(key, JWSAlgorithm.PS256, CLOCK);

    verifier.verify(
        request(List.of(client.proof("GET", URI_ASKED, TOKEN))), token(client.thumbprint()));
  }

  @Test
  void acceptsEdDsaAndHoldsItToTheSameRules() throws Exception {
    DpopClient client = new DpopClient(DpopClient.newEd25519(), JWSAlgorithm.EdDSA, CLOCK);
    String proof = client.proof("GET", URI_ASKED, TOKEN);
    verifier.verify(request(List.of(proof)), token(client.thumbprint()));

    assertRefused(AccessRule.PROOF_REPLAYED, request(List.of(proof)), token(client.thumbprint()));
    assertRefused(
        AccessRule.PROOF_OTHER_KEY,
        request(List.of(client.proof("GET", URI_ASKED, TOKEN))),
        token(CLIENT.thumbprint()));
    assertRefused(
        AccessRule.PROOF_TOKEN_HASH,
        request(List.of(client.proof("GET", URI_ASKED, "another.token"))),
        token(client.thumbprint()));
    assertRefused(
        AccessRule.PROOF_INVALID,
        request(List.of(client.proof("GET", URI_ASKED, TOKEN, c -> c.claim("exp", 1)))),
        token(client.thumbprint()));
    String[] good = client.proof("GET", URI_ASKED, TOKEN).split("\\.");
    String[] other = client.proof("GET", URI_ASKED, TOKEN).split("\\.");
    assertRefused(
        AccessRule.PROOF_SIGNATURE,
        request(List.of(good[0] + "." + good[1] + "." + other[2])),
        token(client.thumbprint()));
  }

  @ParameterizedTest(name = "RFC 9449 section 8, {0}")
  @MethodSource("nonces")
  void nonceIsLookedAtWhereTheServerGivesThem(JWSAlgorithm algorithm, JWK key) throws Exception {
    URI endpoint = URI.create("https://id.example/token");
    DpopClient client = new DpopClient(key, algorithm, CLOCK);
    NonceVerifier ours = nonce -> "given".equals(nonce);
    String good = client.proof("POST", endpoint, "", c -> c.claim("nonce", "given"));

    assertEquals(
        client.thumbprint(), verifier.verifyTokenRequest(List.of(good), endpoint, "c", ours));
    assertNonce(AccessRule.PROOF_NONCE, client.proof("POST", endpoint), ours);
    assertNonce(
        AccessRule.PROOF_NONCE,
        client.proof("POST", endpoint, "", c -> c.claim("nonce", "old")),
        ours);
    assertEquals(1, store.size(), "a proof without the nonce spends nothing");
  }

  static Stream<Arguments> nonces() {
    return Stream.of(
        Arguments.of(JWSAlgorithm.ES256, DpopClient.newKey()),
        Arguments.of(JWSAlgorithm.EdDSA, DpopClient.newEd25519()));
  }

  private void assertNonce(AccessRule rule, String proof, NonceVerifier nonces) {
    URI endpoint = URI.create("https://id.example/token");
    AccessRefused refused =
        assertThrows(
            AccessRefused.class,
            () -> verifier.verifyTokenRequest(List.of(proof), endpoint, "c", nonces));
    assertEquals(rule, refused.rule());
  }

  @Test
  void tokenRequestYieldsTheThumbprintOnce() throws Exception {
    URI endpoint = URI.create("https://id.example/token");
    List<String> proofs = List.of(CLIENT.proof("POST", endpoint));

    assertEquals(CLIENT.thumbprint(), verifier.verifyTokenRequest(proofs, endpoint, "client"));
    AccessRefused refused =
        assertThrows(
            AccessRefused.class, () -> verifier.verifyTokenRequest(proofs, endpoint, "client"));
    assertEquals(AccessRule.PROOF_REPLAYED, refused.rule());
  }

  @Test
  void everyRuleAnswersAsTheStandardsSay() {
    for (AccessRule rule : AccessRule.values()) {
      assertTrue(rule.challenge().startsWith("DPoP"), rule.challenge());
      assertTrue(rule.challenge().contains("algs=\"ES256 PS256 EdDSA\""), rule.challenge());
      assertEquals(rule.error().isEmpty(), !rule.challenge().contains("error="));
    }
    assertEquals(401, AccessRule.PROOF_REPLAYED.status());
    assertEquals("invalid_dpop_proof", AccessRule.PROOF_REPLAYED.error());
    assertEquals("invalid_token", AccessRule.PROOF_OTHER_KEY.error());
    assertEquals(403, AccessRule.SCOPE_INSUFFICIENT.status());
    assertEquals(400, AccessRule.TOKEN_IN_QUERY.status());
    assertEquals("", AccessRule.TOKEN_MISSING.error());
    assertFalse(AccessRule.TOKEN_MISSING.challenge().contains("error"));
  }

  private void assertRefused(AccessRule rule, ProtectedRequest request, BoundToken token) {
    AccessRefused refused =
        assertThrows(AccessRefused.class, () -> verifier.verify(request, token));
    assertEquals(rule, refused.rule());
  }

  private static Arguments refusal(AccessRule rule, String what, String... proofs) {
    return Arguments.of(rule, what, List.of(proofs));
  }

  private static ProtectedRequest request(List<String> proofs) {
    return new ProtectedRequest("GET", URI_ASKED, List.of("DPoP " + TOKEN), proofs);
  }

  private static BoundToken token(String thumbprint) {
    return new BoundToken(TOKEN, thumbprint, "client");
  }

  private static String proof() {
    return CLIENT.proof("GET", URI_ASKED, TOKEN);
  }

  private static String with(String claim, Object value) {
    return CLIENT.proof("GET", URI_ASKED, TOKEN, claims -> claims.claim(claim, value));
  }

  private static String issued(Duration offset) {
    Date at = Date.from(NOW.plus(offset));
    return CLIENT.proof("GET", URI_ASKED, TOKEN, claims -> claims.issueTime(at));
  }

  private static JWTClaimsSet claims() {
    return CLIENT.claims("GET", URI_ASKED, TOKEN, UnaryOperator.identity());
  }

  private static String withHeader(JWSHeader header) {
    return CLIENT.sign(header, claims());
  }

  private static JWSHeader header(JWK key) {
    return new JWSHeader.Builder(CLIENT.header()).jwk(key).build();
  }

  private static JWSHeader typed(String type) {
    return new JWSHeader.Builder(CLIENT.header())
        .type(type == null ? null : new JOSEObjectType(type))
        .build();
  }

  private static String by(JWK key, JWSAlgorithm algorithm) {
    return new DpopClient(key, algorithm, CLOCK).proof("GET", URI_ASKED, TOKEN);
  }

  private static String stranger() {
    return by(DpopClient.newKey(), JWSAlgorithm.ES256);
  }

  private static String otherToken() {
    return CLIENT.proof("GET", URI_ASKED, "another.token.entirely");
  }

  private static String unsigned() {
    return new PlainJWT(claims()).serialize();
  }

  private static String noJson() {
    return CLIENT.header().toBase64URL() + "." + Base64URL.encode("text") + ".AAAA";
  }

  private static String privateKey() {
    String header =
        CLIENT
            .header()
            .toString()
            .replace("\"kty\"", "\"d\":\"" + CLIENT.key().toECKey().getD() + "\",\"kty\"");
    String[] parts = proof().split("\\.");
    return Base64URL.encode(header) + "." + parts[1] + "." + parts[2];
  }

  private static String renamed(String algorithm) {
    String[] parts = proof().split("\\.");
    String header = CLIENT.header().toString().replace("ES256", algorithm);
    return Base64URL.encode(header) + "." + parts[1] + "." + parts[2];
  }

  private static String hmac() throws Exception {
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(CLIENT.header().getType())
            .jwk(CLIENT.key().toPublicJWK())
            .build();
    return new DpopClient(secret, JWSAlgorithm.HS256, CLOCK).sign(header, claims());
  }

  private static String otherKeyType() throws Exception {
    return withHeader(header(rsa(2048).toPublicJWK()));
  }

  private static String weakRsa() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.PS256)
            .type(CLIENT.header().getType())
            .jwk(rsa(1024).toPublicJWK())
            .build();
    return header.toBase64URL() + "." + claims().toPayload().toBase64URL() + ".AAAA";
  }

  private static String forged() {
    String[] mine = proof().split("\\.");
    String[] other = stranger().split("\\.");
    return mine[0] + "." + mine[1] + "." + other[2];
  }

  private static String tampered() {
    String[] good = proof().split("\\.");
    JWTClaimsSet changed =
        CLIENT.claims(
            "GET", URI_ASKED, TOKEN, claims -> claims.jwtID(UUID.randomUUID().toString()));
    return good[0] + "." + changed.toPayload().toBase64URL() + "." + good[2];
  }

  private static JWK rsa(int bits) throws Exception {
    return new RSAKeyGenerator(bits, true).generate();
  }

  private static JWK p384() throws Exception {
    return new ECKeyGenerator(Curve.P_384).generate();
  }
}
