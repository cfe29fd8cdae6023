package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.mekong.client.AgencySession;
import org.mekong.log.command.TrustedTls;

/** The two administrators of a nation's gateway, over the admin APIs and nothing else. */
final class GatewayOffice {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String nation;
  private final URI issuer;
  private final URI registry;
  private final URI gateway;
  private final AgencySession first;
  private final AgencySession second;

  /**
   * Registers the second administrator at the nation's identity-service.
   *
   * @param offset of the nation's ports
   */
  GatewayOffice(String nation, int offset, String agency) throws Exception {
    this.nation = nation;
    int base = RunningPlatform.BASE_PORT + offset;
    this.issuer = URI.create("https://localhost:" + (base + 11));
    this.registry = URI.create("https://localhost:" + (base + 12));
    this.gateway = URI.create("https://localhost:" + (base + 13));
    JWK key =
        JWK.parse(
            Files.readString(
                RunningPlatform.DATA.resolve(nation).resolve("clients/administrator.jwk")));
    this.first = session("mekong-administrator", key);
    String id = nation.toLowerCase(Locale.ROOT) + "-gateway-" + UUID.randomUUID();
    JWK another = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    send(
        first,
        "identity.admin",
        issuer.resolve("/admin/v1/clients"),
        "POST",
        JSON.writeValueAsString(
            Map.of(
                "clientId",
                id,
                "agencyId",
                agency,
                "name",
                "Gateway operations",
                "jwks",
                new JWKSet(another.toPublicJWK()).toJSONObject(),
                "scopes",
                List.of("gateway.admin"),
                "resources",
                List.of(gateway.toString()))));
    this.second = session(id, another);
  }

  private AgencySession session(String clientId, JWK key) throws Exception {
    return new AgencySession(
        issuer, clientId, key, TrustedTls.trusting(RunningPlatform.DATA.resolve("ca.pem")));
  }

  /** Registers a person and returns their number. */
  String person(Map<String, Object> person) throws Exception {
    return send(
            first,
            "person.write",
            registry.resolve("/v1/persons"),
            "POST",
            JSON.writeValueAsString(person))
        .path("personalNumber")
        .asText();
  }

  /** What another nation has to pin of this one's gateway. */
  String description() throws Exception {
    var folder = RunningPlatform.DATA.resolve(nation);
    JsonNode jwk =
        JSON.readTree(folder.resolve("gateway/exchange.jwks").toFile()).path("keys").path(0);
    return JSON.writeValueAsString(
        Map.of(
            "nation", nation,
            "url", gateway.toString(),
            "certificates",
                List.of(
                    Map.of(
                        "subject",
                        "CN=gateway." + nation.toLowerCase(Locale.ROOT) + ".mekong.example")),
            "keys", List.of(Map.of("jwk", jwk)),
            "logKeys", Files.readAllLines(folder.resolve("log-keys.txt"))));
  }

  /** One proposes another nation's gateway as a peer, the other approves it. */
  void pin(GatewayOffice other) throws Exception {
    JsonNode proposal = first("/admin/v1/peers", other.description());
    JsonNode peer =
        second("/admin/v1/peers/proposals/" + proposal.path("id").asText() + "/approval", "{}");
    assertEquals("active", peer.path("state").asText(), peer::toString);
  }

  /** One proposes a document, the other has the nation sign it; returns the signature. */
  String sign(String document, String path) throws Exception {
    first("/admin/v1/agreements", document);
    JsonNode signed = second(path + "/approval", "{}");
    for (JsonNode each : signed.path("signatures")) {
      if (each.path("nation").asText().equals(nation)) {
        return each.path("signature").asText();
      }
    }
    throw new IllegalStateException(signed.toString());
  }

  /** Adds the other nation's signature; the agreement is in force then. */
  void add(String path, String signature) throws Exception {
    JsonNode agreement =
        first(path + "/signatures", JSON.writeValueAsString(Map.of("signature", signature)));
    assertEquals("in-force", agreement.path("state").asText(), agreement::toString);
  }

  private JsonNode first(String path, String body) throws Exception {
    return send(first, "gateway.admin", gateway.resolve(path), "POST", body);
  }

  private JsonNode second(String path, String body) throws Exception {
    return send(second, "gateway.admin", gateway.resolve(path), "POST", body);
  }

  private static JsonNode send(
      AgencySession session, String scope, URI target, String method, String body)
      throws Exception {
    URI resource = target.resolve("/");
    DPoPAccessToken token =
        session.token(scope, URI.create(resource.toString().replaceAll("/$", "")), List.of());
    HttpResponse<String> answer = session.send(method, target, token, body);
    assertTrue(answer.statusCode() / 100 == 2, () -> target + ": " + answer.body());
    return JSON.readTree(answer.body());
  }
}
