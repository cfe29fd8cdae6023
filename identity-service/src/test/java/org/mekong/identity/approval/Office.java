package org.mekong.identity.approval;

import static io.restassured.RestAssured.given;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.testing.NewNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/**
 * The administrators of a new node, from the one-time token to the second of them, with what was
 * answered on the way.
 */
final class Office {
  static final String CLIENTS = "/admin/v1/clients";
  static final String ACCOUNTS = "/admin/v1/accounts";
  static final String AGENCIES = "/admin/v1/agencies";
  static final String PROPOSALS = "/admin/v1/proposals";

  private static @Nullable Office open;

  final TestSystem first;
  final TestSystem second;
  final String agency;
  final Response wrongToken;
  final Response unfitContent;
  final Response made;
  final Response again;
  final Response setupClient;
  final Response secondMade;

  private Office() {
    JWK key = DpopClient.newKey();
    first = new TestSystem("vn-first-administrator", key);
    wrongToken = setUp("x".repeat(43), first, key);
    unfitContent =
        given()
            .contentType("application/json")
            .body(Map.of("token", NewNode.token(), "clientId", "A", "name", "", "jwks", Map.of()))
            .post("/admin/v1/setup");
    made = setUp(NewNode.token(), first, key);
    again = setUp(NewNode.token(), new TestSystem("vn-late", key), key);
    agency = "vn-" + UUID.randomUUID();
    first
        .post(AGENCIES, Map.of("id", agency, "name", "Sở", "agencyClass", "civil-registry"))
        .then()
        .statusCode(201);
    setupClient = first.post(CLIENTS, client("vn-" + UUID.randomUUID(), DpopClient.newKey()));
    JWK other = DpopClient.newKey();
    second = new TestSystem("vn-second-administrator", other);
    secondMade = first.post(CLIENTS, administrator("vn-second-administrator", other, null));
  }

  /** The office of the node that is running. */
  static synchronized Office open() {
    if (open == null) {
      open = new Office();
    }
    return open;
  }

  /** The registration of an ordinary client. */
  Map<String, Object> client(String id, JWK key) {
    Map<String, Object> registration = new TestSystem(id, key).registration();
    registration.put("agencyId", agency);
    return registration;
  }

  /** The registration of an administrator's system. */
  static Map<String, Object> administrator(String id, JWK key, @Nullable String holder) {
    Map<String, Object> registration = new LinkedHashMap<>();
    registration.put("clientId", id);
    registration.put("name", "Administrator");
    registration.put("jwks", new JWKSet(key.toPublicJWK()).toJSONObject());
    registration.put("scopes", List.of("identity.admin"));
    registration.put("resources", List.of(TestSystem.ISSUER));
    registration.put("holder", holder);
    return registration;
  }

  /** Asks for something and has it approved. */
  Response approved(Response asked) {
    asked.then().statusCode(202);
    return approve(second, asked.path("id"));
  }

  Response approve(TestSystem by, String proposal) {
    return post(by, PROPOSALS + "/" + proposal + "/approval");
  }

  static Response post(TestSystem by, String path) {
    return by.authorised("POST", path).post(path);
  }

  static Response put(TestSystem by, String path, Object body, @Nullable String ifMatch) {
    var request = by.authorised("PUT", path).contentType("application/json").body(body);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(path);
  }

  private static Response setUp(String token, TestSystem system, JWK key) {
    return given()
        .contentType("application/json")
        .body(
            Map.of(
                "token",
                token,
                "clientId",
                system.clientId(),
                "name",
                "First administrator",
                "jwks",
                new JWKSet(key.toPublicJWK()).toJSONObject()))
        .post("/admin/v1/setup");
  }
}
