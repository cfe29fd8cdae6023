package org.mekong.registry.permission;

import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

/** Changes what a register permits, as its administrator. */
final class PolicyClient {

  private final RegistryClient client;
  private final String token;

  PolicyClient(TestSetting setting) {
    client = new RegistryClient(setting);
    token = client.token("registry.admin", List.of());
  }

  RegistryClient client() {
    return client;
  }

  Response get(String path) {
    String url = "/admin/v1/" + path;
    return client.as(token, "GET", url).get(url);
  }

  Response post(String path, String json) {
    return post(path, json, UUID.randomUUID().toString());
  }

  Response post(String path, String json, String key) {
    String url = "/admin/v1/" + path;
    return client.as(token, "POST", url).header("Idempotency-Key", key).body(json).post(url);
  }

  Response put(String path, String tag, String json) {
    String url = "/admin/v1/" + path;
    return client.as(token, "PUT", url).header("If-Match", tag).body(json).put(url);
  }

  Response end(String path, String tag) {
    String url = "/admin/v1/" + path + "/endings";
    return client.as(token, "POST", url).header("If-Match", tag).post(url);
  }

  /** A request without If-Match. */
  Response putBlindly(String path, String json) {
    String url = "/admin/v1/" + path;
    return client.as(token, "PUT", url).body(json).put(url);
  }

  /** Adds what has to be there. */
  String add(String path, String json) {
    return post(path, json).then().statusCode(201).extract().header("ETag");
  }

  /** A purpose that is in force and holds across the border. */
  String purpose(String more) {
    String code = "t-" + UUID.randomUUID().toString().substring(0, 13);
    add(
        "purposes",
        "{\"code\":\"%s\",\"description\":\"For a test\",\"acrossBorder\":true%s}"
            .formatted(code, more));
    return code;
  }

  /** A rule for a purpose. */
  String rule(String purpose, String more) {
    String code = "r-" + UUID.randomUUID().toString().substring(0, 13);
    add(
        "permissions",
        "{\"code\":\"%s\",\"description\":\"For a test\",\"purpose\":\"%s\"%s}"
            .formatted(code, purpose, more));
    return code;
  }

  /** A token that grants fields for a purpose and kind under no legal basis. */
  String token(String purpose, String kind, String more, String... fields) {
    return client.token("person.read" + more, List.of(RegistryClient.grant(purpose, kind, fields)));
  }
}
