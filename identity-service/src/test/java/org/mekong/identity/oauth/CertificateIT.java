package org.mekong.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestCertificates;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestPerson;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/**
 * RFC 8705: clients that authenticate by a certificate, and tokens that are bound to it. In the
 * same configuration every DPoP proof needs a nonce that is used once (RFC 9449 section 8).
 */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
@TestProfile(CertificateIT.Tls.class)
class CertificateIT {
  private static final TestCertificates CERTIFICATES =
      new TestCertificates(
          Path.of("target", "test-node", "tls-" + ProcessHandle.current().pid()).toAbsolutePath());
  private static final Path SERVER = CERTIFICATES.keyStore("server", "CN=localhost");
  private static final Path DESK = CERTIFICATES.keyStore("desk", "CN=desk, O=Mekong, C=VN");
  private static final Path OTHER = CERTIFICATES.keyStore("other", "CN=other, O=Mekong, C=VN");
  private static final Path STRANGER = CERTIFICATES.keyStore("stranger", "CN=desk, O=Mekong, C=VN");

  /** TLS that asks for a certificate, and proofs that need a nonce. */
  public static final class Tls implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Path trust = CERTIFICATES.trusting("trust", DESK, OTHER);
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("quarkus.http.ssl.client-auth", "request");
      settings.put("quarkus.http.test-ssl-port", "0");
      settings.put("quarkus.tls.key-store.p12.path", SERVER.toString());
      settings.put("quarkus.tls.key-store.p12.password", TestCertificates.PASSWORD);
      settings.put("quarkus.tls.trust-store.p12.path", trust.toString());
      settings.put("quarkus.tls.trust-store.p12.password", TestCertificates.PASSWORD);
      settings.put("identity.dpop.nonce", "once");
      return settings;
    }
  }

  @TestHTTPResource(value = "/", tls = true)
  URI secure;

  @Inject TestPerson people;

  @Test
  void clientWithItsCertificateGetsTokensBoundToIt() throws Exception {
    TestSystem system = byCertificate(Map.of());
    JsonNode answer = json(200, token(DESK, system, clientCredentials()));

    assertEquals("Bearer", answer.path("token_type").asText());
    assertEquals(
        Map.of("x5t#S256", thumbprint(DESK)),
        SignedJWT.parse(answer.path("access_token").asText())
            .getJWTClaimsSet()
            .getJSONObjectClaim("cnf"));
    JsonNode introspected =
        json(
            200,
            post(
                DESK,
                "/introspect",
                Map.of(
                    "client_id",
                    system.clientId(),
                    "token",
                    answer.path("access_token").asText())));
    assertEquals(thumbprint(DESK), introspected.at("/cnf/x5t#S256").asText());
  }

  @Test
  void anyOtherWayOfThatClientIsRefused() throws Exception {
    TestSystem system = byCertificate(Map.of());

    assertEquals(
        "invalid_client",
        json(401, token(null, system, clientCredentials())).path("error").asText(),
        "no certificate");
    assertEquals(
        "invalid_client",
        json(401, token(OTHER, system, clientCredentials())).path("error").asText(),
        "another subject");
    Map<String, String> assertion = system.form();
    assertEquals(
        "invalid_client",
        json(401, post(DESK, "/token", assertion)).path("error").asText(),
        "an assertion");
    Map<String, String> secret = clientCredentials();
    secret.put("client_secret", "x");
    assertEquals(
        "invalid_client",
        json(401, token(DESK, system, secret)).path("error").asText(),
        "a secret");
  }

  @Test
  void certificateOfTheSameNameThatNobodyTrustsDoesNotComeIn() {
    TestSystem system = byCertificate(Map.of());
    int status;
    try {
      status = token(STRANGER, system, clientCredentials()).statusCode();
    } catch (Exception refusedByTls) {
      return;
    }
    assertEquals(401, status);
  }

  @Test
  void certificateInAHeaderIsNone() throws Exception {
    TestSystem system = byCertificate(Map.of());
    Map<String, String> form = clientCredentials();
    form.put("client_id", system.clientId());
    String pem =
        URLEncoder.encode(
            X509CertUtils.toPEMString(TestCertificates.certificate(DESK)), StandardCharsets.UTF_8);
    for (String header :
        List.of("X-SSL-Client-Cert", "SSL-Client-Cert", "X-Client-Cert", "Client-Cert")) {
      assertEquals(401, post(null, "/token", form, header, pem).statusCode(), header);
    }
  }

  @Test
  void certificateDoesNotStandInForTheProofOfOthers() throws Exception {
    TestSystem system = TestSystem.registered();

    assertEquals(
        "invalid_dpop_proof",
        json(400, post(DESK, "/token", system.form())).path("error").asText());
  }

  @Test
  void tokenForAPersonIsGoodWithTheCertificateAndNotWithout() throws Exception {
    TestSystem system =
        byCertificate(
            Map.of(
                "grantTypes", List.of("authorization_code", "refresh_token"),
                "redirectUris", List.of(TestSystem.REDIRECT),
                "scopes", List.of("openid", "person.read")));
    Map<String, String> form = TestPerson.redeeming(system, people.code(system));
    form.remove("client_assertion");
    form.remove("client_assertion_type");
    String access = json(200, token(DESK, system, form)).path("access_token").asText();

    assertEquals(200, userInfo(DESK, "Bearer " + access));
    assertEquals(401, userInfo(OTHER, "Bearer " + access));
    assertEquals(401, userInfo(null, "Bearer " + access));
    assertEquals(401, userInfo(DESK, "DPoP " + access));
    assertEquals(
        400, userInfo("/userinfo?access_token=" + access, DESK, "Bearer " + access).statusCode());
    String why = "bound to another certificate";
    HttpResponse<String> another = userInfo("/userinfo", OTHER, "Bearer " + access);
    assertTrue(another.headers().firstValue("WWW-Authenticate").orElse("").contains(why));
  }

  @Test
  void proofWithoutNonceIsToldOneAndANonceServesOnce() {
    TestSystem system = TestSystem.registered();
    DpopClient dpop = system.dpop();
    var first =
        io.restassured.RestAssured.given()
            .formParams(system.form())
            .header("DPoP", dpop.proof("POST", TestSystem.TOKEN))
            .post("/token");

    assertEquals(400, first.statusCode());
    assertEquals("use_dpop_nonce", first.path("error"));
    String nonce = first.header("DPoP-Nonce");
    assertEquals(200, withNonce(system, nonce).statusCode());
    var again = withNonce(system, nonce);
    assertEquals("use_dpop_nonce", again.path("error"), "used before");
    assertFalse(again.header("DPoP-Nonce").equals(nonce));
    assertEquals("use_dpop_nonce", withNonce(system, "made-up").path("error"));
    assertEquals(
        "use_dpop_nonce",
        withNonce(system, nonce.substring(0, 20) + "A" + nonce.substring(21)).path("error"));
    assertTrue(withNonce(system, again.header("DPoP-Nonce")).header("DPoP-Nonce").length() > 20);
  }

  @Test
  void codeIsNotUsedUpByAProofThatNeedsANonce() {
    TestSystem system = TestSystem.application(Map.of());
    String code = people.code(system);

    io.restassured.RestAssured.given()
        .formParams(TestPerson.redeeming(system, code))
        .header("DPoP", system.dpop().proof("POST", TestSystem.TOKEN))
        .post("/token")
        .then()
        .statusCode(400);
    system.ask(TestPerson.redeeming(system, code)).then().statusCode(200);
  }

  @Test
  void nonceThatAClientKeepsForThisOriginIsNoMatterElsewhereOnIt() {
    TestSystem system = TestSystem.application(Map.of());
    String token =
        system.ask(TestPerson.redeeming(system, people.code(system))).path("access_token");
    URI userInfo = URI.create(TestSystem.ISSUER + "/userinfo");

    io.restassured.RestAssured.given()
        .header("Authorization", "DPoP " + token)
        .header(
            "DPoP",
            system.dpop().proof("GET", userInfo, token, c -> c.claim("nonce", "of-the-token's")))
        .get("/userinfo")
        .then()
        .statusCode(200);
  }

  private static io.restassured.response.Response withNonce(TestSystem system, String nonce) {
    return io.restassured.RestAssured.given()
        .formParams(system.form())
        .header(
            "DPoP", system.dpop().proof("POST", TestSystem.TOKEN, "", c -> c.claim("nonce", nonce)))
        .post("/token");
  }

  private static TestSystem byCertificate(Map<String, Object> members) {
    String id = "vn-" + UUID.randomUUID();
    TestSystem system = new TestSystem(id, DpopClient.newKey());
    TestSystem administrator = TestSystem.administrator();
    administrator
        .post(
            "/admin/v1/agencies",
            Map.of("id", id, "name", "Sở Tư pháp", "agencyClass", "civil-registry"))
        .then()
        .statusCode(201);
    Map<String, Object> registration = system.registration();
    registration.remove("jwks");
    registration.put("tokenEndpointAuthMethod", "tls_client_auth");
    registration.put("tlsClientAuthSubjectDn", "CN=desk,O=Mekong,C=VN");
    registration.putAll(members);
    administrator.post("/admin/v1/clients", registration).then().statusCode(201);
    return system;
  }

  private static Map<String, String> clientCredentials() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    return form;
  }

  private HttpResponse<String> token(Path own, TestSystem system, Map<String, String> form)
      throws Exception {
    Map<String, String> named = new LinkedHashMap<>(form);
    named.put("client_id", system.clientId());
    return post(own, "/token", named);
  }

  private HttpResponse<String> post(
      Path own, String path, Map<String, String> form, String... headers) throws Exception {
    String body =
        form.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(secure.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(own, request.build());
  }

  private int userInfo(Path own, String authorization) throws Exception {
    return userInfo("/userinfo", own, authorization).statusCode();
  }

  private HttpResponse<String> userInfo(String target, Path own, String authorization)
      throws Exception {
    return send(
        own,
        HttpRequest.newBuilder(secure.resolve(target))
            .header("Authorization", authorization)
            .build());
  }

  private static HttpResponse<String> send(Path own, HttpRequest request) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificates.client(SERVER, own)).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode json(int status, HttpResponse<String> answer)
      throws JsonProcessingException {
    assertEquals(status, answer.statusCode(), answer.body());
    return new ObjectMapper().readTree(answer.body());
  }

  private static String thumbprint(Path store) {
    return X509CertUtils.computeSHA256Thumbprint(TestCertificates.certificate(store)).toString();
  }
}
