package org.mekong.identity.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** Whatever is sent, the service says what is wrong with it and does not fail. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class HostileInputIT {
  private static final int ROUNDS = 400;
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "null",
          "true",
          "[]",
          "{}",
          "[{}]",
          "\"",
          "\\",
          "%",
          "%00",
          "\u0000",
          "\u200f",
          "\ud83d",
          "Ǒ",
          "ລາວ",
          "a=b&c",
          "../..",
          "<script>",
          "' OR 1=1 --",
          "${jndi:x}",
          "eyJhbGciOiJub25lIn0.e30.",
          "eyJhbGciOiJFUzI1NiJ9.e30.AA",
          "..",
          "https://[::1",
          "9".repeat(400),
          "x".repeat(5000),
          "[".repeat(500),
          "{\"type\":".repeat(100),
          "1e999",
          "2026-13-45T99:99:99Z");

  private final Random random = new Random(20261121);

  @Test
  void tokenEndpointNeverFails() {
    TestSystem system = TestSystem.registered();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> pairs = mutated(system.form());
      var request =
          given().contentType("application/x-www-form-urlencoded").body(String.join("&", pairs));
      if (random.nextBoolean()) {
        request.header(
            "DPoP",
            ascii(random.nextBoolean() ? piece() : system.dpop().proof("POST", TestSystem.TOKEN)));
      }
      if (random.nextInt(5) == 0) {
        request.header("Authorization", ascii(piece()));
      }
      assertSays(request.post("/token"), pairs.toString());
    }
  }

  @Test
  void grantsOnBehalfOfPeopleNeverFail() {
    TestSystem system = TestSystem.application(Map.of());
    TestSystem service = TestSystem.service(TestNode.GATEWAY_SERVICE);
    for (int round = 0; round < ROUNDS; round++) {
      boolean exchange = round % 3 == 0;
      Map<String, String> form =
          exchange
              ? service.form(TestSystem.EXCHANGE)
              : system.form(round % 3 == 1 ? "authorization_code" : "refresh_token");
      for (String name :
          List.of(
              "code",
              "redirect_uri",
              "code_verifier",
              "refresh_token",
              "subject_token",
              "subject_token_type",
              "actor_token",
              "requested_token_type",
              "audience")) {
        if (random.nextBoolean()) {
          form.put(name, piece());
        }
      }
      List<String> pairs = mutated(form);
      assertSays(
          given()
              .contentType("application/x-www-form-urlencoded")
              .header("DPoP", (exchange ? service : system).dpop().proof("POST", TestSystem.TOKEN))
              .body(String.join("&", pairs))
              .post("/token"),
          pairs.toString());
    }
  }

  @Test
  void endpointsAboutTokensAndPeopleNeverFail() {
    TestSystem system = TestSystem.application(Map.of());
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> form = system.form("x");
      form.put("token", piece());
      form.put("token_type_hint", piece());
      String body = String.join("&", mutated(form));
      String path = round % 2 == 0 ? "/introspect" : "/revoke";
      assertSays(
          given().contentType("application/x-www-form-urlencoded").body(body).post(path), body);
      String scheme = List.of("DPoP ", "Bearer ", "Basic ", "").get(random.nextInt(4));
      assertSays(
          given()
              .header("Authorization", ascii(scheme + piece()))
              .header("DPoP", ascii(piece()))
              .request(random.nextBoolean() ? "GET" : "POST", "/userinfo"),
          scheme);
    }
  }

  @Test
  void administrationNeverFails() {
    TestSystem administrator = TestSystem.administrator();
    String token = administrator.token("identity.admin", TestSystem.ISSUER);
    for (int round = 0; round < ROUNDS; round++) {
      String path = random.nextBoolean() ? "/admin/v1/agencies" : "/admin/v1/clients";
      String body =
          mutated(Map.of("id", "a", "clientId", "b", "name", "c", "jwks", "{}", "scopes", "[]"))
              .stream()
              .map(
                  pair ->
                      "\""
                          + pair.split("=", 2)[0]
                          + "\":"
                          + (random.nextBoolean() ? piece() : "\"" + piece() + "\""))
              .collect(Collectors.joining(",", "{", "}"));
      Response answer =
          given()
              .header("Authorization", "DPoP " + token)
              .header(
                  "DPoP",
                  administrator
                      .dpop()
                      .proof("POST", java.net.URI.create(TestSystem.ISSUER + path), token))
              .contentType("application/json")
              .body(body.getBytes(StandardCharsets.UTF_8))
              .post(path);
      assertSays(answer, body);
      Response list = given().queryParam("cursor", piece()).queryParam("limit", piece()).get(path);
      assertSays(list, "list");
    }
  }

  private List<String> mutated(Map<String, String> form) {
    List<String> pairs = new ArrayList<>();
    List<String> names = new ArrayList<>(form.keySet());
    names.addAll(List.of("scope", "resource", "authorization_details", "client_id", "zzz"));
    for (String name : names) {
      String value = form.getOrDefault(name, piece());
      switch (random.nextInt(6)) {
        case 0 -> pairs.add(name + "=" + encoded(piece()));
        case 1 -> pairs.add(name + "=" + piece());
        case 2 -> pairs.addAll(List.of(name + "=" + encoded(value), name + "=" + encoded(value)));
        case 3 -> pairs.add(encoded(piece()) + "=" + encoded(value));
        default -> pairs.add(name + "=" + encoded(value));
      }
    }
    Collections.shuffle(pairs, random);
    return pairs.subList(0, 1 + random.nextInt(pairs.size()));
  }

  private String piece() {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static void assertSays(Response answer, String sent) {
    assertTrue(answer.statusCode() < 500, answer.statusCode() + " for " + sent);
    assertFalse(answer.asString().contains("Exception"), sent);
  }
}
