package org.mekong.registry.testing;

import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;

/** Reads for the purpose of civil registration what its token grants. */
public final class Reader {

  private final RegistryClient client;
  private final String token;

  /** A reader who is granted fields. */
  public Reader(RegistryClient client, String... fields) {
    this.client = client;
    this.token =
        client.token(
            "person.read", List.of(RegistryClient.grant("civil-registration", "read", fields)));
  }

  /** Reads a person, or with a path a part of them. */
  public Response person(UUID id, String path, String query) {
    return get("/v1/persons/" + id + path, query);
  }

  /** Reads a path. */
  public Response get(String path, String query) {
    String url = path + "?purpose=civil-registration" + (query.isEmpty() ? "" : "&" + query);
    return client.as(token, "GET", path).get(url);
  }

  /** Sends a reading. */
  public Response post(String json) {
    return client.as(token, "POST", "/v1/readings").body(json).post("/v1/readings");
  }
}
