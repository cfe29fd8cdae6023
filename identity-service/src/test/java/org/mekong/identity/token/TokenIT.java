package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

@QuarkusTest
@QuarkusTestResource(TestNode.class)
class TokenIT {
  @Test
  void tokenSaysWhatTheRegistrationAllowsAndNoMore() throws Exception {
    TestSystem system = TestSystem.registered();
    Map<String, String> form = system.form();
    form.put("scope", "lookup");
    form.put("resource", TestSystem.GATEWAY);
    form.put(
        "authorization_details",
        "[{\"type\":\"population_lookup\",\"purpose\":\"marriage\",\"countries\":[\"LA\"],"
            + "\"kinds\":[\"verify\"],\"fields\":[\"alive\",\"married\"]}]");

    Response answer = system.ask(form);

    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("token_type", equalTo("DPoP"))
        .body("expires_in", equalTo(300))
        .body("scope", equalTo("lookup"))
        .body("authorization_details[0].fields", equalTo(List.of("alive", "married")));
    SignedJWT token = SignedJWT.parse(answer.path("access_token"));
    JWKSet keys = JWKSet.parse(given().get("/jwks").asString());
    assertTrue(
        token.verify(
            new ECDSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())));
    assertEquals("at+jwt", token.getHeader().getType().toString());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertEquals(TestSystem.ISSUER, claims.getIssuer());
    assertEquals(system.clientId(), claims.getSubject());
    assertEquals(List.of(TestSystem.GATEWAY), claims.getAudience());
    assertEquals(system.clientId(), claims.getStringClaim("agency"));
    assertEquals("civil-registry", claims.getStringClaim("agency_class"));
    assertEquals("VN", claims.getStringClaim("country"));
    assertEquals(Map.of("jkt", system.dpop().thumbprint()), claims.getJSONObjectClaim("cnf"));
    assertEquals(
        Map.of(
            "type",
            "population_lookup",
            "purpose",
            "marriage",
            "legal_basis",
            "Law 60/2014/QH13",
            "countries",
            List.of("LA"),
            "kinds",
            List.of("verify"),
            "fields",
            List.of("alive", "married")),
        claims.getListClaim("authorization_details").getFirst());
  }

  @Test
  void theTokenSaysHowOftenItsClientMayAsk() throws Exception {
    TestSystem office = TestSystem.registered();
    TestSystem bounded = new TestSystem(office.clientId() + "-batch", DpopClient.newKey());
    Map<String, Object> registration = bounded.registration();
    registration.put("agencyId", office.clientId());
    registration.put("quotas", Map.of("lookupsPerDay", 5000));
    TestSystem.administrator().post("/admin/v1/clients", registration).then().statusCode(201);

    Response answer = bounded.ask(bounded.form());

    SignedJWT token = SignedJWT.parse(answer.path("access_token"));
    assertEquals(
        Map.of("lookups_per_day", 5000L), token.getJWTClaimsSet().getJSONObjectClaim("quotas"));
  }

  @Test
  void ofSimultaneousUsesOfOneAssertionOneGetsAToken() throws Exception {
    TestSystem system = TestSystem.registered();
    for (int round = 0; round < 5; round++) {
      Map<String, String> form = system.form();
      CountDownLatch start = new CountDownLatch(1);
      try (var threads = Executors.newFixedThreadPool(8)) {
        List<Future<Integer>> answers =
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        threads.submit(
                            () -> {
                              start.await();
                              return system.ask(form).statusCode();
                            }))
                .toList();
        start.countDown();
        int issued = 0;
        for (Future<Integer> answer : answers) {
          issued += answer.get() == 200 ? 1 : 0;
        }
        assertEquals(1, issued);
      }
    }
  }

  @Test
  void grantsAndRefusalsOfAKnownClientStandInTheJournal() {
    TestSystem system = TestSystem.registered();
    system.ask(system.form()).then().statusCode(200);
    Map<String, String> wrong = system.form();
    wrong.put("scope", "identity.admin");
    system.ask(wrong).then().statusCode(400);

    List<Map<String, Object>> entries =
        journal().stream().filter(e -> system.clientId().equals(e.get("client"))).toList();
    List<Object> rules = entries.stream().map(e -> e.getOrDefault("rule", "")).toList();

    assertEquals(
        List.of("admin", "token", "token"), entries.stream().map(e -> e.get("kind")).toList());
    assertEquals(List.of("", "", "scope/not-granted"), rules);
    assertEquals("issued", entries.get(1).get("outcome"));
    assertEquals(system.clientId(), entries.get(1).get("agency"));
  }

  @Test
  void discoveryIsReadByTheLibrary() throws Exception {
    for (String path :
        List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
      String document =
          given()
              .get(path)
              .then()
              .statusCode(200)
              .body("issuer", equalTo(TestSystem.ISSUER))
              .body(
                  "token_endpoint_auth_methods_supported",
                  equalTo(List.of("private_key_jwt", "tls_client_auth")))
              .body("dpop_signing_alg_values_supported", hasItems("ES256", "PS256", "EdDSA"))
              .body("authorization_details_types_supported", hasItem("population_lookup"))
              .extract()
              .asString();
      assertEquals(TestSystem.TOKEN, OIDCProviderMetadata.parse(document).getTokenEndpointURI());
    }
    assertTrue(
        JWKSet.parse(given().get("/jwks").asString()).getKeys().stream()
            .noneMatch(key -> key.isPrivate()));
  }

  private static List<Map<String, Object>> journal() {
    List<Map<String, Object>> entries = new java.util.ArrayList<>();
    TestSystem administrator = TestSystem.administrator();
    String cursor = "";
    while (cursor != null) {
      Response page = page(administrator, cursor);
      entries.addAll(page.path("items.entry"));
      cursor = page.path("next");
    }
    return entries;
  }

  private static Response page(TestSystem administrator, String cursor) {
    return administrator
        .authorised("GET", "/admin/v1/journal")
        .queryParam("cursor", cursor)
        .queryParam("limit", 200)
        .get("/admin/v1/journal")
        .then()
        .statusCode(200)
        .extract()
        .response();
  }
}
