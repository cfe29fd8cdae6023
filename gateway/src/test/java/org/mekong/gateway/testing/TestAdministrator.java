package org.mekong.gateway.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import org.mekong.gateway.testing.TestAgency.Answer;

/** An administrator of the gateway under test, by name. */
public final class TestAdministrator {

  private final Surroundings around;
  private final TestAgency system;
  private final String name;

  public TestAdministrator(Surroundings around, String name) {
    this.around = around;
    this.system = new TestAgency(around);
    this.name = name;
  }

  private String token() {
    return system.token(
        claims -> claims.claim("scope", "gateway.admin").claim("client_id", name).subject(name));
  }

  public Answer get(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  public Answer put(String path) {
    return send("PUT", path, HttpRequest.BodyPublishers.ofString("{}"));
  }

  public Answer delete(String path) {
    return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
  }

  private Answer send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    URI target = around.gateway().resolve(path);
    String token = token();
    URI bare = target.resolve(target.getRawPath());
    return system.send(
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("Authorization", "DPoP " + token)
            .header("DPoP", system.client().proof(method, bare, token))
            .method(method, body),
        headers);
  }
}
