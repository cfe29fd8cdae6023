package org.mekong.identity.client;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** Registration of agencies and clients: what is refused, what is done once. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class AdministrationIT {
  private static final String AGENCIES = "/admin/v1/agencies";
  private static final String CLIENTS = "/admin/v1/clients";
  private static final TestSystem ADMIN = TestSystem.administrator();

  @TestFactory
  Stream<DynamicTest> refusesBodies() {
    return Stream.of(
        body("nothing", "", 400),
        body("not JSON", "{", 400),
        body("an array", "[]", 400),
        body("a text", "\"x\"", 400),
        body("null", "null", 400),
        body("trailing text", "{\"id\":\"abc\",\"name\":\"n\",\"agencyClass\":\"cc\"} x", 400),
        body(
            "a member doubled",
            "{\"id\":\"abc\",\"id\":\"abd\",\"name\":\"n\",\"agencyClass\":\"cc\"}",
            400),
        body(
            "a member unknown",
            "{\"id\":\"abc\",\"name\":\"n\",\"agencyClass\":\"cc\",\"x\":1}",
            400),
        body("a number for a text", "{\"id\":\"abc\",\"name\":7,\"agencyClass\":\"cc\"}", 400),
        body("nested deeply", "{\"id\":" + "[".repeat(200) + "]".repeat(200) + "}", 400),
        body("not UTF-8", "{\"id\":\"\u00ff\"}", 422),
        body("a member missing", "{\"id\":\"abc\",\"agencyClass\":\"cc\"}", 422),
        body("a member null", "{\"id\":null,\"name\":\"n\",\"agencyClass\":\"cc\"}", 422),
        body("an id in upper case", "{\"id\":\"ABC\",\"name\":\"n\",\"agencyClass\":\"cc\"}", 422),
        body("an empty name", "{\"id\":\"abc\",\"name\":\" \",\"agencyClass\":\"cc\"}", 422),
        body(
            "a long name",
            "{\"id\":\"abc\",\"name\":\"" + "n".repeat(201) + "\",\"agencyClass\":\"cc\"}",
            422),
        body("NUL in a name", "{\"id\":\"abc\",\"name\":\"a\\u0000\",\"agencyClass\":\"cc\"}", 422),
        body(
            "half a surrogate",
            "{\"id\":\"abc\",\"name\":\"a\\ud800\",\"agencyClass\":\"cc\"}",
            422),
        body("too large", "{\"id\":\"" + "n".repeat(70_000) + "\"}", 413));
  }

  @Test
  void refusesOtherMediaTypes() {
    ADMIN
        .authorised("POST", AGENCIES)
        .contentType("text/plain")
        .body("x")
        .post(AGENCIES)
        .then()
        .statusCode(415)
        .contentType(containsString("problem+json"));
  }

  @TestFactory
  Stream<DynamicTest> refusesClients() throws Exception {
    String agency = agency();
    JWK good = DpopClient.newKey().toPublicJWK();
    return Stream.of(
        client(agency, "clientId", null),
        client(agency, "clientId", "A b"),
        client(agency, "agencyId", null),
        client(agency, "agencyId", "no-such-agency"),
        client(agency, "agencyId", "a\u0000"),
        client(agency, "agencyId", "a\ud800"),
        client(agency, "name", ""),
        client(agency, "jwks", null),
        client(agency, "jwks", Map.of()),
        client(agency, "jwks", Map.of("keys", List.of())),
        client(agency, "jwks", Map.of("keys", "x")),
        client(agency, "jwks", Map.of("keys", List.of(7))),
        client(agency, "jwks", Map.of("keys", List.of(Map.of("kty", "EC")))),
        client(agency, "jwks", set(DpopClient.newKey())),
        client(agency, "jwks", set(good, good)),
        client(agency, "jwks", set(good, likeNamed(good))),
        client(
            agency,
            "jwks",
            Map.of(
                "keys",
                List.of(Map.of("kty", "RSA", "kid", "1", "e", "AQAB", "n", "w".repeat(171))))),
        client(agency, "jwks", set(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK())),
        client(
            agency,
            "jwks",
            set(new ECKeyGenerator(Curve.P_384).keyID("1").generate().toPublicJWK())),
        client(agency, "jwks", set(new OctetSequenceKeyGenerator(256).keyID("1").generate())),
        client(agency, "jwks", set(named(DpopClient.newEd25519().toPublicJWK()))),
        client(agency, "scopes", null),
        client(agency, "scopes", List.of()),
        client(agency, "scopes", List.of("everything")),
        client(agency, "scopes", List.of("lookup", "lookup")),
        client(agency, "resources", List.of()),
        client(agency, "resources", List.of("https://evil.example")),
        client(agency, "validUntil", "2020-01-01T00:00:00Z"),
        client(agency, "authorizationDetails", detail("type", "other")),
        client(agency, "authorizationDetails", detail("purpose", null)),
        client(agency, "authorizationDetails", detail("countries", List.of("lao"))),
        client(agency, "authorizationDetails", detail("countries", List.of())),
        client(agency, "authorizationDetails", detail("kinds", List.of("guess"))),
        client(agency, "authorizationDetails", detail("fields", List.of("Name"))));
  }

  @Test
  void refusesWrongTypesInClients() {
    Map<String, Object> registration = registration(agency());
    registration.put("validUntil", "tomorrow");
    ADMIN
        .post(CLIENTS, registration)
        .then()
        .statusCode(400)
        .body("detail", not(containsString("tomorrow")));
    registration.put("validUntil", null);
    registration.put("scopes", "lookup");
    ADMIN.post(CLIENTS, registration).then().statusCode(400);
  }

  @Test
  void sameAgainIsTheSameAndOtherIsAConflict() {
    Map<String, Object> agency = agencyBody("vn-" + UUID.randomUUID());
    ADMIN.post(AGENCIES, agency).then().statusCode(201).body("status", equalTo("active"));
    ADMIN.post(AGENCIES, agency).then().statusCode(200).body("id", equalTo(agency.get("id")));
    agency.put("name", "another");
    ADMIN
        .post(AGENCIES, agency)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:mekong:problem:conflict"));

    Map<String, Object> client = registration((String) agency.get("id"));
    ADMIN.post(CLIENTS, client).then().statusCode(201);
    ADMIN.post(CLIENTS, client).then().statusCode(200);
    client.put("scopes", List.of("lookup", "person.read"));
    ADMIN.post(CLIENTS, client).then().statusCode(409);
  }

  @Test
  void idempotencyKeyGivesTheFirstAnswerAgain() {
    Map<String, Object> agency = agencyBody("vn-" + UUID.randomUUID());
    String key = UUID.randomUUID().toString();
    Response first = post(key, agency);
    Response second = post(key, agency);

    first.then().statusCode(201);
    assertEquals(201, second.statusCode());
    assertEquals(first.asString(), second.asString());
    agency.put("name", "another");
    post(key, agency)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:mekong:problem:idempotency-key-reused"));
    post("a\tb", agency).then().statusCode(400);
    post("k".repeat(201), agency).then().statusCode(400);
  }

  @Test
  void listsContinueWhereTheyEnded() {
    agency();
    agency();
    Response page = ADMIN.authorised("GET", AGENCIES).queryParam("limit", 1).get(AGENCIES);
    page.then().statusCode(200).body("items.size()", equalTo(1));
    String next = page.path("next");
    Response rest =
        ADMIN
            .authorised("GET", AGENCIES)
            .queryParam("limit", 200)
            .queryParam("cursor", next)
            .get(AGENCIES);
    rest.then().statusCode(200).body("items.id", not(hasItem(page.<String>path("items[0].id"))));
    for (String limit : List.of("0", "201", "-1", "x", "1e3", "99999999999")) {
      ADMIN
          .authorised("GET", AGENCIES)
          .queryParam("limit", limit)
          .get(AGENCIES)
          .then()
          .statusCode(400);
    }
    for (String id : List.of("\u0000", "A", "x".repeat(64))) {
      ADMIN.authorised("GET", CLIENTS).queryParam("agency", id).get(CLIENTS).then().statusCode(400);
    }
    for (String cursor : List.of("%%%", "x", "4pyT")) {
      ADMIN
          .authorised("GET", CLIENTS)
          .queryParam("cursor", cursor)
          .get(CLIENTS)
          .then()
          .statusCode(400);
      ADMIN
          .authorised("GET", "/admin/v1/journal")
          .queryParam("cursor", cursor)
          .get("/admin/v1/journal")
          .then()
          .statusCode(400);
    }
  }

  @Test
  void readsWhatIsThereAndNothingElse() {
    String id = agency();
    ADMIN
        .get(AGENCIES + "/" + id)
        .then()
        .statusCode(200)
        .body("agencyClass", equalTo("civil-registry"));
    ADMIN
        .get(AGENCIES + "/nobody")
        .then()
        .statusCode(404)
        .body("detail", equalTo("There is no such agency."));
    ADMIN.get(CLIENTS + "/nobody").then().statusCode(404);
    ADMIN
        .get(CLIENTS + "/mekong-administrator")
        .then()
        .statusCode(200)
        .body("agencyId", nullValue())
        .body("jwks.keys[0].d", nullValue());
    assertTrue(ADMIN.get(CLIENTS + "/" + "x".repeat(2000)).statusCode() == 404);
  }

  private static DynamicTest body(String what, String body, int status) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Response answer =
              ADMIN
                  .authorised("POST", AGENCIES)
                  .contentType("application/json")
                  .body(body)
                  .post(AGENCIES);
          answer
              .then()
              .statusCode(status)
              .contentType(containsString("problem+json"))
              .body("action", not(nullValue()));
        });
  }

  private static DynamicTest client(String agency, String member, Object value) {
    return DynamicTest.dynamicTest(
        member + " " + value,
        () -> {
          Map<String, Object> registration = registration(agency);
          registration.put(member, value);
          ADMIN
              .post(CLIENTS, registration)
              .then()
              .statusCode(422)
              .body("type", equalTo("urn:mekong:problem:invalid-content"))
              .body("faults[0].member", containsString(member));
        });
  }

  private static List<Map<String, Object>> detail(String member, Object value) {
    Map<String, Object> detail =
        new HashMap<>(
            Map.of(
                "type",
                "population_lookup",
                "purpose",
                "marriage",
                "countries",
                List.of("LA"),
                "kinds",
                List.of("verify"),
                "fields",
                List.of("alive")));
    detail.put(member, value);
    return List.of(detail);
  }

  /** Another key by the name of one: FAPI 2.0 section 5.4.3. */
  private static JWK likeNamed(JWK key) {
    return new ECKey.Builder(DpopClient.newKey().toPublicJWK().toECKey())
        .keyID(key.getKeyID())
        .build();
  }

  /** Assertions by such a key could not be read. */
  private static OctetKeyPair named(OctetKeyPair key) {
    return new OctetKeyPair.Builder(key).keyID("1").build();
  }

  private static Map<String, Object> set(JWK... keys) {
    return new JWKSet(List.of(keys)).toJSONObject(false);
  }

  private static Map<String, Object> registration(String agency) {
    Map<String, Object> registration =
        new TestSystem("vn-" + UUID.randomUUID(), DpopClient.newKey()).registration();
    registration.put("agencyId", agency);
    return registration;
  }

  private static Map<String, Object> agencyBody(String id) {
    return new HashMap<>(
        Map.of("id", id, "name", "Sở Tư pháp Quảng Trị", "agencyClass", "civil-registry"));
  }

  private static String agency() {
    String id = "vn-" + UUID.randomUUID();
    ADMIN.post(AGENCIES, agencyBody(id)).then().statusCode(201);
    return id;
  }

  private static Response post(String key, Object body) {
    return ADMIN
        .authorised("POST", AGENCIES)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post(AGENCIES);
  }
}
