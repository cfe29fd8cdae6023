package org.mekong.resourceserver.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.resourceserver.dpop.BoundToken;
import org.mekong.resourceserver.key.JwsKeys;
import org.mekong.resourceserver.key.KeysUnavailable;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.testing.DpopClient;
import org.mekong.resourceserver.testing.TestIssuer;

class AccessTokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final URI AUDIENCE = URI.create("https://registry.example");
  private static final DpopClient CLIENT = new DpopClient();
  private static final TestIssuer ISSUER = TestIssuer.start(CLOCK);

  private final AccessTokenVerifier verifier = verifier(CLOCK);

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void refuses(AccessRule rule, String what, String token) {
    AccessRefused refused = assertThrows(AccessRefused.class, () -> verifier.verify(token));

    assertEquals(rule, refused.rule());
  }

  static Stream<Arguments> refusals() throws Exception {
    JOSEObjectType type = new JOSEObjectType("at+jwt");
    JWTClaimsSet good = SignedJWT.parse(token(UnaryOperator.identity())).getJWTClaimsSet();
    return Stream.of(
        refusal(AccessRule.TOKEN_MALFORMED, "not a JWT", "abc"),
        refusal(AccessRule.TOKEN_MALFORMED, "alg none", new PlainJWT(good).serialize()),
        refusal(
            AccessRule.TOKEN_INVALID,
            "typ JWT",
            ISSUER.sign(ISSUER.key(), JOSEObjectType.JWT, good)),
        refusal(
            AccessRule.TOKEN_INVALID,
            "another's key",
            ISSUER.sign(DpopClient.newKey(), type, good)),
        refusal(AccessRule.TOKEN_INVALID, "another audience", token(c -> c.audience("https://x"))),
        refusal(AccessRule.TOKEN_INVALID, "no audience", token(c -> c.audience((String) null))),
        refusal(AccessRule.TOKEN_INVALID, "another issuer", token(c -> c.issuer("https://x"))),
        refusal(AccessRule.TOKEN_INVALID, "expired", token(c -> c.expirationTime(at(-1)))),
        refusal(AccessRule.TOKEN_INVALID, "no expiry", token(c -> c.expirationTime(null))),
        refusal(AccessRule.TOKEN_INVALID, "iat ahead", token(c -> c.issueTime(at(11)))),
        refusal(AccessRule.TOKEN_INVALID, "nbf ahead", token(c -> c.notBeforeTime(at(60)))),
        refusal(AccessRule.TOKEN_INVALID, "no subject", token(c -> c.subject(null))),
        refusal(AccessRule.TOKEN_INVALID, "no client_id", token(c -> c.claim("client_id", null))),
        refusal(
            AccessRule.TOKEN_INVALID,
            "details no objects",
            token(c -> c.claim("authorization_details", List.of("x")))));
  }

  @Test
  void readsWhatTheTokenGrants() throws Exception {
    Map<String, Object> detail = Map.of("type", "population_lookup", "purpose", "marriage");
    String token =
        ISSUER.token(CLIENT, "agency-1", AUDIENCE, "lookup person.read", List.of(detail));

    VerifiedAccess access = verifier.verify(token);

    assertEquals("agency-1", access.clientId());
    assertEquals(Set.of("lookup", "person.read"), access.scopes());
    assertEquals(List.of(detail), access.authorizationDetails());
    assertEquals(CLIENT.thumbprint(), access.thumbprint());
    assertEquals(new BoundToken(token, CLIENT.thumbprint(), "agency-1"), access.bound());
    assertSame(access, verifier.verify(token), "verified once, remembered until it expires");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void acceptsEachAlgorithmByAKeyOfItsKindAlone(JWSAlgorithm algorithm, JWK key) throws Exception {
    JWTClaimsSet good = SignedJWT.parse(token(UnaryOperator.identity())).getJWTClaimsSet();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            good);
    jwt.sign(JwsKeys.signer(key));
    String issuer = ISSUER.issuer().toString();
    JWK sameName = // key confusion: another kind of key under the same kid
        new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate().toPublicJWK();

    new AccessTokenVerifier(
            issuer,
            AUDIENCE.toString(),
            new ImmutableJWKSet<>(new JWKSet(List.of(sameName, key.toPublicJWK()))),
            CLOCK)
        .verify(jwt.serialize());
    assertThrows(
        AccessRefused.class,
        () ->
            new AccessTokenVerifier(
                    issuer, AUDIENCE.toString(), new ImmutableJWKSet<>(new JWKSet(sameName)), CLOCK)
                .verify(jwt.serialize()));
  }

  static Stream<Arguments> keys() throws Exception {
    return Stream.of(
        Arguments.of(JWSAlgorithm.PS256, new RSAKeyGenerator(2048).keyID("1").generate()),
        Arguments.of(JWSAlgorithm.EdDSA, DpopClient.newEd25519()));
  }

  @Test
  void keyInTheHeaderIsNotTaken() throws Exception {
    JWTClaimsSet good = SignedJWT.parse(token(UnaryOperator.identity())).getJWTClaimsSet();
    JWK own = DpopClient.newKey();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .jwk(own.toPublicJWK())
                .build(),
            good);
    jwt.sign(JwsKeys.signer(own));

    assertThrows(AccessRefused.class, () -> verifier.verify(jwt.serialize()));
  }

  @Test
  void rememberedTokenExpires() throws Exception {
    String token = token(UnaryOperator.identity());
    MovingClock clock = new MovingClock(NOW);
    AccessTokenVerifier verifier = verifier(clock);
    verifier.verify(token);

    clock.now = NOW.plus(Duration.ofMinutes(5));

    assertThrows(AccessRefused.class, () -> verifier.verify(token));
  }

  @Test
  void keysOverHttpAndKeysOutOfReach() throws Exception {
    String token = token(UnaryOperator.identity());
    URI keys = ISSUER.issuer().resolve("/jwks");
    var near = JWKSourceBuilder.create(keys.toURL()).build();
    var far = JWKSourceBuilder.create(URI.create("http://localhost:1/jwks").toURL()).build();
    String issuer = ISSUER.issuer().toString();

    new AccessTokenVerifier(issuer, AUDIENCE.toString(), near, CLOCK).verify(token);
    assertThrows(
        KeysUnavailable.class,
        () -> new AccessTokenVerifier(issuer, AUDIENCE.toString(), far, CLOCK).verify(token));
  }

  private static AccessTokenVerifier verifier(Clock clock) {
    return new AccessTokenVerifier(
        ISSUER.issuer().toString(),
        AUDIENCE.toString(),
        new ImmutableJWKSet<>(new JWKSet(ISSUER.key().toPublicJWK())),
        clock);
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> alter) {
    return ISSUER.token(CLIENT, "agency-1", AUDIENCE, alter);
  }

  private static Date at(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static Arguments refusal(AccessRule rule, String what, String token) {
    return Arguments.of(rule, what, token);
  }

  private static final class MovingClock extends Clock {
    private Instant now;

    MovingClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
