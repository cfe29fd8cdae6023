package org.mekong.identity.testing;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mekong.resourceserver.testing.DpopClient;

/**
 * An application that sends people to sign in.
 *
 * @param system its client id and keys
 */
public record TestApplication(TestSystem system) {
  /** Where pushed requests go. */
  public static final URI PAR = URI.create(TestSystem.ISSUER + "/par");

  /** Where its answers go. */
  public static final String REDIRECT = "https://portal.example/callback";

  /** The challenge of RFC 7636 appendix B, and its verifier. */
  public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  /** A new application of a new agency. */
  public static TestApplication registered() {
    TestSystem system = new TestSystem("vn-" + UUID.randomUUID(), DpopClient.newKey());
    TestSystem administrator = TestSystem.administrator();
    administrator
        .post(
            "/admin/v1/agencies",
            Map.of("id", system.clientId(), "name", "Sở Tư pháp", "agencyClass", "civil-registry"))
        .then()
        .statusCode(201);
    Map<String, Object> registration = system.registration();
    registration.put("name", "Cổng dịch vụ công Quảng Trị");
    registration.put("scopes", List.of("openid", "offline_access", "lookup", "person.read"));
    registration.put("grantTypes", List.of("authorization_code", "refresh_token"));
    registration.put(
        "redirectUris",
        List.of(REDIRECT, "https://portal.example/other?x=1", "http://127.0.0.1:8080/cb"));
    administrator.post("/admin/v1/clients", registration).then().statusCode(201);
    return new TestApplication(system);
  }

  /** The form of a good pushed request. */
  public Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("response_type", "code");
    form.put("client_id", system.clientId());
    form.put("redirect_uri", REDIRECT);
    form.put("scope", "openid");
    form.put("state", "af0ifj &=?#\u00e9");
    form.put("nonce", "n-0S6_WzA2Mj");
    form.put("code_challenge", CHALLENGE);
    form.put("code_challenge_method", "S256");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", system.assertion());
    return form;
  }

  /** Pushes a form. */
  public static Response push(Map<String, Object> form) {
    return given()
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParams(form)
        .post("/par");
  }

  /** Pushes a good request with other parameters; the address that opens it. */
  public String opened(String... parameters) {
    Map<String, Object> form = form();
    for (int i = 0; i < parameters.length; i += 2) {
      form.put(parameters[i], parameters[i + 1]);
    }
    String requestUri = push(form).then().statusCode(201).extract().path("request_uri");
    return "/authorize?client_id=" + system.clientId() + "&request_uri=" + requestUri;
  }

  /** The details of a good request for a look-up. */
  public static String details() {
    List<String> members = new ArrayList<>();
    members.add("\"type\":\"population_lookup\"");
    members.add("\"purpose\":\"marriage\"");
    members.add("\"countries\":[\"LA\"]");
    members.add("\"fields\":[\"alive\"]");
    return "[{" + String.join(",", members) + "}]";
  }
}
