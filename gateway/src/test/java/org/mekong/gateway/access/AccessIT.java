package org.mekong.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestAuthority;
import org.mekong.resourceserver.testing.DpopClient;

/** The table of refusals: whoever does not show a bound token with a fresh proof is refused. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AccessIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  private TestAgency agency;
  private URI lookups;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    lookups = agency.lookups();
    around.peerDouble().reset();
  }

  private static HttpRequest.Builder question(URI target) {
    return HttpRequest.newBuilder(target)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(QUESTION));
  }

  private TestAgency.Answer ask(String token, String proof) {
    return agency.send(
        question(lookups).header("Authorization", "DPoP " + token).header("DPoP", proof));
  }

  private TestAgency.Answer askWith(UnaryOperator<JWTClaimsSet.Builder> alter) {
    String token = agency.token();
    return ask(token, agency.client().proof("POST", lookups, token, alter));
  }

  private void assertRefused(int status, TestAgency.Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertTrue(around.peerDouble().received().isEmpty());
    assertTrue(
        answer
            .response()
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json"),
        answer.response().headers().toString());
    assertFalse(answer.body().path("action").asText().isBlank());
    assertTrue(answer.body().path("instance").asText().startsWith("urn:uuid:"));
    if (status == 401) {
      assertTrue(
          answer.response().headers().firstValue("WWW-Authenticate").orElse("").startsWith("DPoP"),
          answer.response().headers().toString());
    }
  }

  private void assertRefused(String rule, TestAgency.Answer answer) {
    assertRefused(401, answer);
    assertEquals("access/" + rule, answer.rule());
  }

  @Test
  void aGoodTokenWithAFreshProofPasses() {
    assertEquals(200, agency.ask(QUESTION).status());
  }

  @Test
  void noTokenIsRefused() {
    assertRefused(401, agency.send(question(lookups)));
  }

  @Test
  void aBoundTokenAsBearerIsRefused() {
    assertRefused(
        401, agency.send(question(lookups).header("Authorization", "Bearer " + agency.token())));
  }

  @Test
  void aTokenBoundToACertificatePassesOverItsConnectionAlone() throws Exception {
    TestAuthority.Identity own = around.agencyIdentity();
    String thumbprint = X509CertUtils.computeSHA256Thumbprint(own.certificate()).toString();
    String token = agency.token(claims -> claims.claim("cnf", Map.of("x5t#S256", thumbprint)));
    HttpRequest.Builder request = question(lookups).header("Authorization", "Bearer " + token);

    assertEquals(200, send(around.contextOf(own), request).statusCode());
    around.peerDouble().reset();
    assertRefused("token-as-bearer", agency.send(request));
    HttpResponse<String> another = send(around.strangerContext(), request);
    assertEquals(401, another.statusCode());
    assertTrue(another.body().contains("access/certificate-other"), another.body());
    assertTrue(around.peerDouble().received().isEmpty());
  }

  private static HttpResponse<String> send(SSLContext context, HttpRequest.Builder request)
      throws Exception {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aTokenInTheQueryIsRefused() {
    String token = agency.token();
    URI target = URI.create(lookups + "?access_token=" + token);

    assertRefused(400, agency.send(question(target)));
    TestAgency.Answer both = agency.post(target, token, QUESTION);
    assertEquals(400, both.status(), both.response().body());
    assertEquals("access/token-in-query", both.rule());
  }

  @Test
  void twoTokensAreRefused() {
    String token = agency.token();
    TestAgency.Answer answer =
        agency.send(
            question(lookups)
                .header("Authorization", "DPoP " + token)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", lookups, token)));

    assertTrue(answer.status() == 400 || answer.status() == 401, answer.response().body());
    assertTrue(around.peerDouble().received().isEmpty());
  }

  @Test
  void aMissingProofIsRefused() {
    assertRefused(
        401, agency.send(question(lookups).header("Authorization", "DPoP " + agency.token())));
  }

  @Test
  void twoProofsAreRefused() {
    String token = agency.token();
    assertRefused(
        401,
        agency.send(
            question(lookups)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("POST", lookups, token))
                .header("DPoP", agency.client().proof("POST", lookups, token))));
  }

  @Test
  void aProofThatWasUsedIsRefused() {
    String token = agency.token();
    String proof = agency.client().proof("POST", lookups, token);
    assertEquals(200, ask(token, proof).status());
    around.peerDouble().reset();

    assertRefused("proof-replayed", ask(token, proof));
  }

  @Test
  void anOldProofIsRefused() {
    assertRefused(
        "proof-stale",
        askWith(claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(90)))));
  }

  @Test
  void aProofFromTheFutureIsRefused() {
    assertRefused(
        "proof-ahead",
        askWith(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(90)))));
  }

  @Test
  void aProofWithoutIdentifierIsRefused() {
    assertRefused("proof-claim-missing", askWith(claims -> claims.jwtID(null)));
  }

  @Test
  void aProofWithoutTimeIsRefused() {
    assertRefused("proof-claim-missing", askWith(claims -> claims.issueTime(null)));
  }

  @Test
  void aProofOfAnotherMethodIsRefused() {
    assertRefused(401, askWith(claims -> claims.claim("htm", "GET")));
  }

  @Test
  void aProofOfAnotherPlaceIsRefused() {
    assertRefused(401, askWith(claims -> claims.claim("htu", "https://localhost/v1/lookups")));
  }

  @Test
  void aProofOfAnotherTokenIsRefused() {
    assertRefused(401, ask(agency.token(), agency.client().proof("POST", lookups, agency.token())));
  }

  @Test
  void aProofByAnotherKeyIsRefused() {
    String token = agency.token();

    assertRefused(401, ask(token, new DpopClient().proof("POST", lookups, token)));
  }

  @Test
  void aProofOfAnotherTypeIsRefused() {
    String token = agency.token();
    DpopClient client = agency.client();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .jwk(client.key().toPublicJWK())
            .build();

    assertRefused(
        401,
        ask(
            token,
            client.sign(header, client.claims("POST", lookups, token, UnaryOperator.identity()))));
  }

  @Test
  void aProofThatIsNoneIsRefused() {
    assertRefused(401, ask(agency.token(), "proof"));
  }

  @Test
  void aTokenBoundToNoKeyIsRefused() {
    String token = agency.token(claims -> claims.claim("cnf", null));

    assertRefused(401, ask(token, agency.client().proof("POST", lookups, token)));
  }

  @Test
  void anExpiredTokenIsRefused() {
    String token =
        agency.token(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));

    assertRefused(401, ask(token, agency.client().proof("POST", lookups, token)));
  }

  @Test
  void aTokenForAnotherResourceIsRefused() {
    String token = agency.token(claims -> claims.audience("https://elsewhere.example"));

    assertRefused(401, ask(token, agency.client().proof("POST", lookups, token)));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    String token = agency.token(claims -> claims.issuer("https://elsewhere.example"));

    assertRefused(401, ask(token, agency.client().proof("POST", lookups, token)));
  }

  @Test
  void aTokenThatAnotherSignedIsRefused() throws Exception {
    String good = agency.token();
    String forged =
        around
            .issuer()
            .sign(
                DpopClient.newKey(),
                new JOSEObjectType("at+jwt"),
                SignedJWT.parse(good).getJWTClaimsSet());

    assertRefused(401, ask(forged, agency.client().proof("POST", lookups, forged)));
  }

  @Test
  void aTokenOfAnotherTypeIsRefused() throws Exception {
    String token =
        around
            .issuer()
            .sign(
                around.issuer().key(),
                JOSEObjectType.JWT,
                SignedJWT.parse(agency.token()).getJWTClaimsSet());

    assertRefused(401, ask(token, agency.client().proof("POST", lookups, token)));
  }

  @Test
  void aTokenThatIsNoneIsRefused() {
    assertRefused(401, ask("token", agency.client().proof("POST", lookups, "token")));
  }

  @Test
  void aTokenWithoutTheScopeIsRefused() {
    String token = agency.token(claims -> claims.claim("scope", "person.read person.write"));

    TestAgency.Answer answer = ask(token, agency.client().proof("POST", lookups, token));

    assertRefused(403, answer);
    assertEquals("access/scope-insufficient", answer.rule());
  }

  @Test
  void aTokenOfNoAgencyIsRefused() {
    String token = agency.token(claims -> claims.claim("agency", null));

    TestAgency.Answer answer = ask(token, agency.client().proof("POST", lookups, token));

    assertRefused(403, answer);
    assertEquals("token/agency", answer.rule());
  }

  @Test
  void detailsOfAnotherKindGrantNothing() {
    String token =
        agency.token(
            claims ->
                claims.claim(
                    "authorization_details",
                    java.util.List.of(
                        Map.of("type", "payment", "purpose", "marriage"),
                        Map.of("purpose", "marriage"),
                        Map.of("type", "population_lookup", "purpose", Set.of().size()))));

    TestAgency.Answer answer = ask(token, agency.client().proof("POST", lookups, token));

    assertEquals("token/purpose", answer.rule(), answer.response().body());
  }
}
