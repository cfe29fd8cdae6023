package org.mekong.registry.population;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mekong.registry.nation.DataFile;
import org.mekong.registry.testing.LaoNode;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@TestProfile(LaoNode.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LaoRegisterIT {

  private static final int PERSONS = 10_000;

  TestSetting setting;
  @Inject DataSource database;

  @Test
  @Order(1)
  void fillsAnEmptyRegisterWithPersonsWhoKeepTheRules() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    JsonNode job =
        json(
            admin(client, "POST", "/admin/v1/populations")
                .body("{\"persons\":" + PERSONS + ",\"seed\":42}")
                .post("/admin/v1/populations")
                .then()
                .statusCode(202)
                .extract()
                .asString());
    String path = "/admin/v1/populations/" + job.path("id").asText();
    for (int i = 0; i < 600 && job.path("state").asText().equals("running"); i++) {
      Thread.sleep(100);
      job = json(admin(client, "GET", path).get(path).then().statusCode(200).extract().asString());
    }
    assertEquals("done", job.path("state").asText());
    assertEquals(PERSONS, job.path("done").asInt());
    assertTrue(job.path("events").asInt() > PERSONS);
    assertTrue(job.path("rate").asInt() > 0);
    admin(client, "GET", "/admin/v1/populations")
        .get("/admin/v1/populations")
        .then()
        .statusCode(200)
        .body("id", contains(job.path("id").asText()))
        .body("state", contains("done"));
    admin(client, "GET", "/admin/v1/register")
        .get("/admin/v1/register")
        .then()
        .statusCode(200)
        .body("nation", equalTo("LA"))
        .body("persons", equalTo(PERSONS))
        .body("numbers", greaterThanOrEqualTo(PERSONS));
  }

  @Test
  @Order(2)
  void refusesAnotherPopulationInARegisterThatHoldsPersons() {
    admin(new RegistryClient(setting), "POST", "/admin/v1/populations")
        .body("{\"persons\":10,\"seed\":1}")
        .post("/admin/v1/populations")
        .then()
        .statusCode(409);
  }

  @Test
  @Order(3)
  void pairsSpousesBothWaysAndKeepsMothersOlder() throws SQLException {
    String relatives =
        """
        with relative as (select p.person_id, p.birth_date, r ->> 'kind' as kind,
            (r ->> 'personId')::uuid as relative_id
          from person p, json_array_elements(p.document #> '{particulars,relationships}') r)
        """;
    assertEquals(
        0,
        count(
            relatives
                + """
                select count(*) from relative r where kind = 'spouse' and exists (
                    select from person p
                    where p.person_id = r.person_id and p.life_status <> 'dead') and not exists (
                  select 1 from relative s where s.kind = 'spouse'
                    and s.person_id = r.relative_id and s.relative_id = r.person_id)"""));
    assertEquals(
        0,
        count(
            relatives
                + """
                select count(*) from relative r
                  join person mother on mother.person_id = r.relative_id
                where r.kind = 'mother' and (mother.sex <> 2 or
                  left(r.birth_date, 4)::int - left(mother.birth_date, 4)::int < 15)"""));
    assertEquals(
        0,
        count(
            relatives
                + """
                select count(*) from person p where p.life_status <> 'dead' and
                  (p.marital_status in ('married', 'separated')) <> exists (
                    select 1 from relative r
                    where r.person_id = p.person_id and r.kind = 'spouse')"""));
    assertNotEquals(0, count(relatives + "select count(*) from relative where kind = 'child'"));
    assertTrue(
        count(
                """
                select count(*) from person p,
                  json_array_elements(p.document #> '{particulars,names}') n
                where n ->> 'family' is null""")
            > 0);
  }

  @Test
  @Order(4)
  void registersALaoPersonWithoutFamilyNameAndAnswersAboutThem() {
    RegistryClient client = new RegistryClient(setting);
    String number =
        client
            .register(
                """
                {"names":[{"given":"ບຸນມີ"},{"script":"Latn","given":"Bounmy"}],
                 "dateOfBirth":"1998","sex":1,"placeOfBirthRegistration":"LA-SV",
                 "maritalStatus":"single",
                 "residences":[{"kind":"permanent","province":"LA-SV"}]}
                """)
            .then()
            .statusCode(201)
            .body("personalNumber", matchesPattern("13098[0-9]{7}"))
            .extract()
            .path("personalNumber");
    client
        .asGateway()
        .body(
            """
            {"purpose":"marriage","subject":{"personalNumber":"%s"},
             "predicates":[{"name":"alive"},{"name":"age_over","years":18},{"name":"married"},
               {"name":"resident_of","province":"LA-SV"},{"name":"name_matches","names":"BOUNMY"},
               {"name":"name_matches","names":"ບຸນມີ"},{"name":"number_valid"}],
             "requester":{"requestId":"0193a5b2-7c11-7d33-9a55-00000000001a","country":"VN",
               "agency":"vn-quang-tri-civil-registry","officer":"officer-7"}}
            """
                .formatted(number))
        .post("/v1/verifications")
        .then()
        .statusCode(200)
        .body("answers.answer", contains("yes", "yes", "no", "yes", "yes", "yes", "yes"))
        .body("disclosure.origin", startsWith("la.mekong.example/registry/"))
        .body("receipt", startsWith("c2sp.org/tlog-proof@v1"));
  }

  @Test
  @Order(5)
  void findsWhomItFilledInByEverySpellingOfTheirNames() throws Exception {
    RegistryClient client = new RegistryClient(setting);
    String token =
        client.token(
            "person.read",
            List.of(
                RegistryClient.grant(
                    "civil-registration", "search", "names", "permanent_residence")));
    for (Map<String, String> row : DataFile.rows("data/lao_names.csv").subList(0, 12)) {
      Set<String> totals = new HashSet<>();
      for (String spelling : (row.get("lao") + "|" + row.get("latin")).split("\\|")) {
        String body =
            """
            {"purpose":"civil-registration","fields":["names"],"limit":100,
             "criteria":{"name":"%s","residence":{"province":"LA-SV"}}}"""
                .formatted(spelling);
        JsonNode found =
            json(
                client
                    .as(token, "POST", "/v1/persons/search")
                    .body(body)
                    .post("/v1/persons/search")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
        assertEquals("found", found.path("outcome").asText(), spelling);
        List<String> ids = new ArrayList<>();
        found.path("persons").forEach(person -> ids.add(person.path("id").asText()));
        totals.add(ids.stream().sorted().toList().toString());
      }
      assertEquals(1, totals.size(), row.get("latin"));
    }
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  private static io.restassured.specification.RequestSpecification admin(
      RegistryClient client, String method, String path) {
    return client.as(client.token("registry.admin", List.of()), method, path);
  }

  private long count(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
