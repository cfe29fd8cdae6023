package org.mekong.registry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.LogConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.mekong.resourceserver.testing.DpopClient;

/** Calls the register as an agency with a token, as the gateway, or as a stranger. */
public final class RegistryClient {

  private static final Map<Path, KeyStore> TRUSTED = new ConcurrentHashMap<>();

  private final TestSetting setting;
  private final DpopClient dpop = new DpopClient();

  /** A client of a node with a DPoP key of its own. */
  public RegistryClient(TestSetting setting) {
    this.setting = setting;
  }

  /** The client's DPoP key. */
  public DpopClient dpop() {
    return dpop;
  }

  /** A token of the agency {@code vn-test}. */
  public String token(String scope, List<Map<String, Object>> details) {
    return setting
        .issuer()
        .token(
            dpop,
            "test-client",
            URI.create(setting.url()),
            claims -> {
              claims.claim("scope", scope).claim("agency", "vn-test");
              return details.isEmpty() ? claims : claims.claim("authorization_details", details);
            });
  }

  /** A detail that grants fields for a purpose and kind. */
  public static Map<String, Object> grant(String purpose, String kind, String... fields) {
    return Map.of(
        "type",
        "population_lookup",
        "purpose",
        purpose,
        "legal_basis",
        "Law on Civil Status",
        "kinds",
        List.of(kind),
        "fields",
        List.of(fields));
  }

  /** A request with a token and a new proof. */
  public RequestSpecification as(String token, String method, String path) {
    int query = path.indexOf('?');
    String target = query < 0 ? path : path.substring(0, query);
    return open()
        .header("Authorization", "DPoP " + token)
        .header("DPoP", dpop.proof(method, URI.create(setting.url() + target), token));
  }

  /** A request of the gateway, by its certificate. */
  public RequestSpecification asGateway() {
    return withCertificate("gateway");
  }

  /** A documented question of the gateway, under a request id that no other test has used. */
  public static JsonNode underNewRequestId(JsonNode question) {
    JsonNode asked = question.deepCopy();
    if (asked.path("requester") instanceof ObjectNode requester) {
      requester.put("requestId", UUID.randomUUID().toString());
    }
    return asked;
  }

  /** A request with a certificate of this file name. */
  public RequestSpecification withCertificate(String file) {
    return specification(
        ssl()
            .keyStore(setting.folder().resolve(file + ".p12").toFile(), TestCertificates.PASSWORD));
  }

  /** A request without any credentials. */
  public RequestSpecification open() {
    return specification(ssl());
  }

  /** Registers a person with a new key. */
  public Response register(String json) {
    return register(json, UUID.randomUUID().toString());
  }

  /** Registers a person. */
  public Response register(String json, String key) {
    String token = token("person.write", List.of());
    return as(token, "POST", "/v1/persons")
        .header("Idempotency-Key", key)
        .body(json)
        .post("/v1/persons");
  }

  private SSLConfig ssl() {
    Path file = setting.folder().resolve("trust.p12");
    return SSLConfig.sslConfig()
        .trustStore(TRUSTED.computeIfAbsent(file, RegistryClient::trust))
        .allowAllHostnames();
  }

  private static KeyStore trust(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, TestCertificates.PASSWORD.toCharArray());
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private RequestSpecification specification(SSLConfig ssl) {
    RestAssuredConfig config =
        RestAssured.config()
            .sslConfig(ssl)
            .logConfig(LogConfig.logConfig().enablePrettyPrinting(false))
            .encoderConfig(
                EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));
    return RestAssured.given()
        .config(config)
        .baseUri(setting.url())
        .urlEncodingEnabled(false)
        .contentType(ContentType.JSON);
  }
}
