package org.mekong.registry.matching.merge;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.mekong.registry.matching.MatchingClient;
import org.mekong.registry.testing.RegistryClient;

/** People of a test, entered and changed through the API, and what the register then holds. */
final class Town {

  private final RegistryClient client;
  private final DataSource database;

  Town(RegistryClient client, DataSource database) {
    this.client = client;
    this.database = database;
  }

  /** Somebody of the town. */
  record Citizen(String id, String number) {}

  Citizen enter(String name, int sex, String birth, String... members) {
    String[] parts = name.split(" ");
    String more = members.length == 0 ? "" : "," + String.join(",", members);
    JsonNode made =
        MatchingClient.json(
            client
                .register(
                    """
                    {"names":[{"family":"%s","given":"%s"}],"sex":%d,"dateOfBirth":"%s",
                     "placeOfBirthRegistration":"045"%s}
                    """
                        .formatted(parts[0], parts[1], sex, birth, more))
                .then()
                .statusCode(201)
                .extract()
                .asString());
    return new Citizen(made.path("id").asText(), made.path("personalNumber").asText());
  }

  static String relatives(String... kindAndId) {
    StringBuilder members = new StringBuilder("\"relationships\":[");
    for (int i = 0; i < kindAndId.length; i += 2) {
      members.append(i == 0 ? "" : ",");
      members.append(
          "{\"kind\":\"%s\",\"personId\":\"%s\"}".formatted(kindAndId[i], kindAndId[i + 1]));
    }
    return members.append(']').toString();
  }

  Response event(String type, String day, String members) {
    return post("/v1/events", "{\"type\":\"%s\",%s,%s}".formatted(type, members, when(day)));
  }

  Response annul(String event) {
    return post(
        "/v1/events/" + event + "/annulments",
        "{\"reason\":\"Entered for another person\",%s}".formatted(when("2026-01-10")));
  }

  String marry(Citizen one, Citizen other, String day) {
    return made(event("marriage", day, spouses(one, other)));
  }

  static String spouses(Citizen one, Citizen other) {
    return "\"spouses\":[{\"personId\":\"%s\"},{\"personId\":\"%s\"}]".formatted(one.id, other.id);
  }

  Response merge(Citizen survivor, Citizen duplicate, String day, String more) {
    return event(
        "merge",
        day,
        "\"survivor\":\"%s\",\"duplicate\":\"%s\"%s".formatted(survivor.id, duplicate.id, more));
  }

  Response split(String merge, String day) {
    return event("split", day, "\"merge\":\"%s\"".formatted(merge));
  }

  static String made(Response response) {
    return response.then().statusCode(201).extract().path("id");
  }

  /** The answer to a reading by key, at a moment. */
  JsonNode byId(Citizen citizen, String moment) {
    String path = "/v1/persons/" + citizen.id;
    return MatchingClient.json(
        client
            .as(token(), "GET", path)
            .get(path + "?purpose=civil-registration" + moment)
            .asString());
  }

  /** The answer to a reading by number, at a moment. */
  JsonNode byNumber(Citizen citizen, String moment) {
    return MatchingClient.json(
        client
            .as(token(), "POST", "/v1/readings")
            .body(
                """
                {"purpose":"civil-registration","subject":{"personalNumber":"%s"},
                 "fields":["names","earlier_numbers"]%s}
                """
                    .formatted(citizen.number, moment))
            .post("/v1/readings")
            .asString());
  }

  /** The events on somebody's timeline. */
  JsonNode events(Citizen citizen) {
    String path = "/v1/persons/" + citizen.id + "/events";
    return MatchingClient.json(
        client.as(token(), "GET", path).get(path + "?purpose=civil-registration").asString());
  }

  /** What the register holds of somebody now. */
  JsonNode document(Citizen citizen) {
    return MatchingClient.json(
        rows("select document::text from person where person_id = ?::uuid", citizen.id).getFirst());
  }

  /** Everything that the register holds now of some people and that a split has to put back. */
  Map<String, String> state(Citizen... citizens) {
    Map<String, String> state = new TreeMap<>();
    for (Citizen citizen : citizens) {
      state.put(citizen.id + " document", document(citizen).toString());
      state.put(
          citizen.id + " number",
          rows("select person_id::text from identifier where number = ?", citizen.number)
              .toString());
      state.put(citizen.id + " keys", keys(citizen).toString());
      state.put(citizen.id + " names", names(citizen).toString());
    }
    return state;
  }

  List<String> keys(Citizen citizen) {
    return rows(
        "select key::text from match_key where person_id = ?::uuid order by key", citizen.id);
  }

  List<String> names(Citizen citizen) {
    return rows(
        "select distinct person_id::text from name_index where person_id = ?::uuid", citizen.id);
  }

  private List<String> rows(String query, String value) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      select.setString(1, value);
      List<String> found = new java.util.ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Response post(String path, String body) {
    return client
        .as(client.token("person.write", List.of()), "POST", path)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(body)
        .post(path);
  }

  private String token() {
    return client.token(
        "person.read",
        List.of(
            RegistryClient.grant(
                "civil-registration", "read", "names", "earlier_numbers", "vital_events")));
  }

  private static String when(String day) {
    return """
        "circumstances":{"occurredOn":"%s","office":"o-1","registrar":"r-1",
         "document":{"kind":"administrative-decision","number":"1"}}
        """
        .formatted(day);
  }
}
