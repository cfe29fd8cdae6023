package org.mekong.registry.caller;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;
import org.mekong.resourceserver.testing.DpopClient;
import org.mekong.resourceserver.testing.TestIssuer;

/** Each way of coming with the wrong credentials, and that it is refused. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class AccessIT {

  private static final String PATH = "/admin/v1/register";

  TestSetting setting;
  private RegistryClient client;
  private String token;

  @BeforeEach
  void signIn() {
    client = new RegistryClient(setting);
    token = client.token("registry.admin", List.of());
  }

  @Test
  void takesABoundTokenWithAProof() {
    with(token, proof(UnaryOperator.identity())).get(PATH).then().statusCode(200);
  }

  @Test
  void refusesNoCredentials() {
    refused(client.open().get(PATH), 401, "missing-token");
  }

  @Test
  void refusesAReplayedProof() {
    String proof = proof(UnaryOperator.identity());
    with(token, proof).get(PATH).then().statusCode(200);

    refused(with(token, proof).get(PATH), 401, "invalid-proof")
        .then()
        .body("rule", equalTo("proof-replayed"));
  }

  @Test
  void takesOneOfManySimultaneousUsesOfAProof() throws Exception {
    String proof = proof(UnaryOperator.identity());
    List<Future<Integer>> answers;
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      answers =
          IntStream.range(0, 6)
              .mapToObj(i -> threads.submit(() -> with(token, proof).get(PATH).statusCode()))
              .toList();
    }
    int taken = 0;
    for (Future<Integer> answer : answers) {
      taken += answer.get() == 200 ? 1 : 0;
    }
    assertEquals(1, taken);
  }

  @Test
  void refusesAnOldProof() {
    refusedProof(claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(3600))));
  }

  @Test
  void refusesAProofOfTheFuture() {
    refusedProof(claims -> claims.issueTime(Date.from(Instant.now().plusSeconds(3600))));
  }

  @Test
  void refusesAProofWithoutIdentifier() {
    refusedProof(claims -> claims.jwtID(null));
  }

  @Test
  void refusesAProofWithoutTime() {
    refusedProof(claims -> claims.issueTime(null));
  }

  @Test
  void refusesAProofOfAnotherToken() {
    refusedProof(claims -> claims.claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"));
  }

  @Test
  void refusesAProofWithoutTokenHash() {
    refusedProof(claims -> claims.claim("ath", null));
  }

  @Test
  void refusesAProofOfAnotherMethod() {
    refusedProof(claims -> claims.claim("htm", "POST"));
  }

  @Test
  void refusesAProofOfAnotherUri() {
    refusedProof(claims -> claims.claim("htu", setting.url() + "/v1/persons"));
    refusedProof(claims -> claims.claim("htu", "https://elsewhere.example" + PATH));
  }

  @Test
  void refusesAProofByAnotherKey() {
    String proof = new DpopClient().proof("GET", URI.create(setting.url() + PATH), token);

    assertEquals(401, with(token, proof).get(PATH).statusCode());
  }

  @Test
  void refusesNoProofTwoProofsAndNonsense() {
    assertEquals(
        401, client.open().header("Authorization", "DPoP " + token).get(PATH).statusCode());
    assertEquals(
        401,
        with(token, proof(UnaryOperator.identity()))
            .header("DPoP", proof(UnaryOperator.identity()))
            .get(PATH)
            .statusCode());
    assertEquals(401, with(token, "a.b.c").get(PATH).statusCode());
  }

  @Test
  void refusesABoundTokenAsBearer() {
    Response answer =
        client
            .open()
            .header("Authorization", "Bearer " + token)
            .header("DPoP", proof(UnaryOperator.identity()))
            .get(PATH);
    refused(answer, 401, "invalid-token").then().body("rule", equalTo("token-as-bearer"));
  }

  @Test
  void takesATokenThatIsBoundToTheConnectionsCertificate() throws Exception {
    String bound = boundTo("stranger");

    client
        .withCertificate("stranger")
        .header("Authorization", "Bearer " + bound)
        .get(PATH)
        .then()
        .statusCode(200);
  }

  @Test
  void refusesACertificatesTokenOverAnyOtherConnection() throws Exception {
    String bound = boundTo("stranger");

    refused(
            client.open().header("Authorization", "Bearer " + bound).get(PATH),
            401,
            "invalid-token")
        .then()
        .body("rule", equalTo("token-as-bearer"));
    refused(
            client.withCertificate("gateway").header("Authorization", "Bearer " + bound).get(PATH),
            401,
            "invalid-token")
        .then()
        .body("rule", equalTo("certificate-other"));
  }

  @Test
  void refusesAKeysTokenAsBearerWhateverCertificateIsShown() {
    refused(
            client.withCertificate("stranger").header("Authorization", "Bearer " + token).get(PATH),
            401,
            "invalid-token")
        .then()
        .body("rule", equalTo("token-as-bearer"));
  }

  @Test
  void refusesATokenInTheQuery() {
    assertEquals(400, client.open().get(PATH + "?access_token=" + token).statusCode());
  }

  @Test
  void refusesAnUnboundToken() {
    refusedToken(claims -> claims.claim("cnf", null));
  }

  @Test
  void refusesAnExpiredToken() {
    refusedToken(
        claims ->
            claims
                .issueTime(Date.from(Instant.now().minusSeconds(700)))
                .expirationTime(Date.from(Instant.now().minusSeconds(400))));
  }

  @Test
  void refusesATokenForAnotherAudience() {
    refusedToken(claims -> claims.audience("https://gateway.example"));
  }

  @Test
  void refusesATokenOfAnotherIssuer() {
    refusedToken(claims -> claims.issuer("https://issuer.example"));
    try (TestIssuer other = TestIssuer.start()) {
      String foreign =
          other.token(
              client.dpop(), "test-client", URI.create(setting.url()), "registry.admin", List.of());
      assertEquals(401, with(foreign, proofOf(foreign)).get(PATH).statusCode());
    }
  }

  @Test
  void refusesATokenSignedByAnotherKey() {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(setting.issuer().issuer().toString())
            .subject("test-client")
            .audience(setting.url())
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .jwtID(UUID.randomUUID().toString())
            .claim("client_id", "test-client")
            .claim("scope", "registry.admin")
            .claim("cnf", Map.of("jkt", client.dpop().thumbprint()))
            .build();
    String forged =
        setting.issuer().sign(DpopClient.newKey(), new JOSEObjectType("at+jwt"), claims);

    assertEquals(401, with(forged, proofOf(forged)).get(PATH).statusCode());
  }

  @Test
  void refusesATokenWithoutTheScope() {
    for (String scope : new String[] {"", "person.read", "gateway", "registry.admin.more"}) {
      String other = client.token(scope, List.of());
      refused(with(other, proofOf(other)).get(PATH), 403, "forbidden");
    }
  }

  @Test
  void aScopeNamedGatewayIsNotTheGateway() {
    String other = client.token("gateway", List.of());
    assertEquals(
        403,
        client
            .as(other, "POST", "/v1/verifications")
            .body("{}")
            .post("/v1/verifications")
            .statusCode());
  }

  @Test
  void knowsTheGatewayByItsCertificateAndNobodyElse() {
    assertEquals(400, client.asGateway().body("{}").post("/v1/verifications").statusCode());
    assertEquals(403, client.asGateway().get(PATH).statusCode());
    assertEquals(
        403, client.withCertificate("stranger").body("{}").post("/v1/verifications").statusCode());
    assertEquals(401, client.open().body("{}").post("/v1/verifications").statusCode());
  }

  @Test
  void keepsHealthMetricsLogAndDescriptionOpen() {
    for (String path :
        new String[] {
          "/q/health/ready", "/q/health/live", "/q/health/started", "/q/metrics", "/q/openapi"
        }) {
      assertEquals(200, client.open().get(path).statusCode(), path);
    }
    int year = java.time.LocalDate.now(java.time.ZoneId.of("Asia/Ho_Chi_Minh")).getYear();
    client
        .open()
        .get("/log/" + year + "/checkpoint")
        .then()
        .statusCode(200)
        .body(startsWith("vn.mekong.example/registry/" + year));
    client.open().get("/log/" + year + "/key").then().body(containsString("+"));
    assertEquals(404, client.open().get("/log/1999/checkpoint").statusCode());
    assertEquals(404, client.open().get("/log/" + year + "/tile/9/000").statusCode());
  }

  @Test
  void refusesTargetsThatTwoParsersReadInTwoWays() {
    for (String path :
        new String[] {
          "/admin/v1;x/register",
          "/admin%2Fv1/register",
          "/admin/v1%3Bx/register",
          "/admin/v1%5Cregister",
          "/admin/v1/%2E%2E/register",
          "/admin/./v1/register",
          "/admin/../admin/v1/register",
          "/admin/v1/register%00",
          "/admin/v1/register%ff"
        }) {
      Response answer = client.open().get(path);
      assertTrue(answer.statusCode() == 400 || answer.statusCode() == 404, path);
    }
  }

  private void refusedProof(UnaryOperator<JWTClaimsSet.Builder> fault) {
    assertEquals(401, with(token, proof(fault)).get(PATH).statusCode());
  }

  private void refusedToken(UnaryOperator<JWTClaimsSet.Builder> fault) {
    String other =
        setting
            .issuer()
            .token(
                client.dpop(),
                "test-client",
                URI.create(setting.url()),
                claims -> fault.apply(claims.claim("scope", "registry.admin")));
    refused(with(other, proofOf(other)).get(PATH), 401, "invalid-token");
  }

  private static Response refused(Response answer, int status, String problem) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:mekong:problem:" + problem))
        .body("instance", startsWith("urn:uuid:"));
    return answer;
  }

  private RequestSpecification with(String accessToken, String proof) {
    return client.open().header("Authorization", "DPoP " + accessToken).header("DPoP", proof);
  }

  private String proof(UnaryOperator<JWTClaimsSet.Builder> fault) {
    return client.dpop().proof("GET", URI.create(setting.url() + PATH), token, fault);
  }

  private String proofOf(String accessToken) {
    return client.dpop().proof("GET", URI.create(setting.url() + PATH), accessToken);
  }

  private String boundTo(String file) throws Exception {
    X509Certificate certificate = TestCertificates.read(setting.folder().resolve(file + ".pem"));
    String thumbprint = X509CertUtils.computeSHA256Thumbprint(certificate).toString();
    return setting
        .issuer()
        .token(
            client.dpop(),
            "test-client",
            URI.create(setting.url()),
            claims ->
                claims
                    .claim("scope", "registry.admin")
                    .claim("cnf", Map.of("x5t#S256", thumbprint)));
  }
}
