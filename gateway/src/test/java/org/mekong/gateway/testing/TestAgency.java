package org.mekong.gateway.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mekong.resourceserver.testing.DpopClient;

/** A civil registry of Viet Nam that asks its gateway. */
public final class TestAgency {

  /** What came back. */
  public record Answer(int status, JsonNode body, HttpResponse<String> response) {

    public String type() {
      return body.path("type").asText().replace("urn:mekong:problem:", "");
    }

    public String rule() {
      return body.path("rule").asText();
    }
  }

  /** Deeper than what the gateway reads itself: its own description is. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private static final List<Map<String, Object>> DETAILS =
      List.of(
          detail(
              "marriage",
              List.of("verify"),
              List.of("alive", "age_over", "married", "single", "number_valid")),
          detail(
              "border-resident",
              List.of("verify", "match", "read", "search"),
              List.of("alive", "names", "date_of_birth", "sex", "religion")),
          detail(
              "civil-status",
              List.of("VN"),
              List.of("verify", "match", "read", "search"),
              List.of("alive", "names", "date_of_birth", "contact")),
          detail("residence", List.of("VN"), List.of("verify"), List.of("alive")),
          detail("civil-status", List.of("match"), List.of("names", "date_of_birth", "sex")),
          detail(
              "curiosity",
              List.of("verify", "match"),
              List.of("alive", "names", "date_of_birth", "sex")));

  private final Surroundings around;
  private final DpopClient client = new DpopClient();
  private final HttpClient http;
  private final URI lookups;

  public TestAgency(Surroundings around) {
    this.around = around;
    this.http = HttpClient.newBuilder().sslContext(around.anonymousContext()).build();
    this.lookups = around.gateway().resolve("/v1/lookups");
  }

  public static Map<String, Object> detail(
      String purpose, List<String> kinds, List<String> fields) {
    return detail(purpose, List.of("LA"), kinds, fields);
  }

  private static Map<String, Object> detail(
      String purpose, List<String> countries, List<String> kinds, List<String> fields) {
    return Map.of(
        "type",
        "population_lookup",
        "purpose",
        purpose,
        "legal_basis",
        "Illustrative basis of the agency",
        "countries",
        countries,
        "kinds",
        kinds,
        "fields",
        fields);
  }

  public DpopClient client() {
    return client;
  }

  public HttpClient http() {
    return http;
  }

  public URI lookups() {
    return lookups;
  }

  /** A good token. */
  public String token() {
    return token(UnaryOperator.identity());
  }

  /** A token of which something is altered. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> alter) {
    return around
        .issuer()
        .token(
            client,
            "vn-quang-tri-system",
            around.gateway(),
            claims ->
                alter.apply(
                    claims
                        .claim("scope", "lookup")
                        .claim("authorization_details", DETAILS)
                        .claim("agency", "vn-quang-tri-civil-registry")
                        .claim("agency_class", "civil-registry")
                        .claim("country", "VN")));
  }

  public Answer ask(String body, String... headers) {
    return post(lookups, token(), body, headers);
  }

  public Answer explain(String body) {
    return post(around.gateway().resolve("/v1/lookups/explain"), token(), body);
  }

  public Answer post(URI target, String token, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/json")
            .header("Authorization", "DPoP " + token)
            .header("DPoP", client.proof("POST", target, token))
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        headers);
  }

  public Answer send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String media = response.headers().firstValue("Content-Type").orElse("");
      JsonNode body =
          media.contains("json") ? JSON.readTree(response.body()) : JSON.createObjectNode();
      return new Answer(response.statusCode(), body, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The question of the story. */
  public static String marriage(String personalNumber) {
    return """
    {"country": "LA", "kind": "verify", "purpose": "marriage",
     "subject": {"personalNumber": "%s"},
     "predicates": [{"name": "alive"}, {"name": "age_over", "years": 18}, {"name": "married"}],
     "officer": "officer-7", "deadline": "PT5S"}"""
        .formatted(personalNumber);
  }

  public static String borderResident(String personalNumber, String fields) {
    return """
    {"country": "LA", "kind": "read", "purpose": "border-resident",
     "subject": {"personalNumber": "%s"}, "fields": %s, "officer": "officer-7"}"""
        .formatted(personalNumber, fields);
  }
}
