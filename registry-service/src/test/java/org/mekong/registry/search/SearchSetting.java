package org.mekong.registry.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

/** Searches as an agency whose token grants what searches here ask for. */
final class SearchSetting {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] FIELDS = {
    "names",
    "date_of_birth",
    "permanent_residence",
    "temporary_residence",
    "parents",
    "place_of_birth",
    "household",
    "personal_number"
  };

  private final RegistryClient client;

  SearchSetting(TestSetting setting) {
    client = new RegistryClient(setting);
  }

  RegistryClient client() {
    return client;
  }

  String token(String... fields) {
    return client.token(
        "person.read", List.of(RegistryClient.grant("civil-registration", "search", fields)));
  }

  Response send(String token, String body) {
    return client.as(token, "POST", "/v1/persons/search").body(body).post("/v1/persons/search");
  }

  /** Searches by criteria with everything granted. */
  JsonNode search(String criteria) throws JsonProcessingException {
    return search(criteria, "");
  }

  /** The same with more members of the body, each after a comma. */
  JsonNode search(String criteria, String more) throws JsonProcessingException {
    return json(
        send(token(FIELDS), body(criteria, more)).then().statusCode(200).extract().asString());
  }

  Response sendAll(String criteria, String more) {
    return send(token(FIELDS), body(criteria, more));
  }

  static String body(String criteria, String more) {
    return "{\"purpose\":\"civil-registration\",\"criteria\":{" + criteria + "}" + more + "}";
  }

  /** Registers somebody born in Viet Nam; the key of the register. */
  String register(String family, String middle, String given, String born, int sex, String more)
      throws JsonProcessingException {
    String name =
        "{\"family\":\"" + family + "\",\"middle\":\"" + middle + "\",\"given\":\"" + given + "\"}";
    return register(name, born, sex, "001", more);
  }

  String register(String name, String born, int sex, String place, String more)
      throws JsonProcessingException {
    Response response =
        client.register(
            "{\"names\":["
                + name
                + "],\"dateOfBirth\":\""
                + born
                + "\",\"sex\":"
                + sex
                + ",\"placeOfBirthRegistration\":\""
                + place
                + "\""
                + more
                + "}");
    return json(response.then().statusCode(201).extract().asString()).path("id").asText();
  }

  static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("persons").forEach(person -> ids.add(person.path("id").asText()));
    return ids;
  }

  static String reason(JsonNode answer, int person, String criterion) {
    for (JsonNode reason : answer.path("persons").path(person).path("reasons")) {
      if (reason.path("criterion").asText().equals(criterion)) {
        return reason.path("strength").asText();
      }
    }
    return "";
  }

  static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  static String text(Map<String, Object> value) throws JsonProcessingException {
    return JSON.writeValueAsString(value);
  }
}
