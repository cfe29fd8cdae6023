package org.mekong.registry.bulk.job;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.bulk.ImportClient;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class ImportIT {

  private static final String HEADER =
      "ref,family_name,given_name,date_of_birth,sex,place_of_birth_registration,marital_status,"
          + "household,relation_to_head,father_ref,mother_ref,earlier_numbers,personal_number\n";

  TestSetting setting;
  @Inject DataSource database;
  private ImportClient client;

  @BeforeEach
  void connect() {
    client = new ImportClient(setting);
  }

  @Test
  void storesPersonsAsTheirRegistrationWould() {
    JsonNode view =
        client.ended(
            client.csv(
                "",
                HEADER
                    + "a1,Đinh,Bình,1970-05-02,1,045,married,hx,head,,,,\r\n"
                    + "a2,Đinh,Hoa,1999-03-08,2,045,single,hx,child,a1,,123456789,\r\n"));
    assertEquals("finished", view.path("state").asText(), view.toString());
    assertEquals(2, view.path("accepted").asInt(), client.problems(view).toString());
    String imported = view.path("id").asText();
    String child = person(imported, 2);
    String father = person(imported, 1);
    assertEquals(
        "first_registration|045199",
        text(
            "select e.type || '|' || left(p.document ->> 'personalNumber', 6)"
                + " from person p join person_event e using (person_id) where person_id = '"
                + child
                + "'"));
    assertEquals("2", text("select count(*) from person_event where person_id = '" + father + "'"));
    assertEquals(
        father,
        text(
            "select document #>> '{particulars,relationships,0,personId}' from person"
                + " where person_id = '"
                + child
                + "'"));
    assertEquals("2", text("select count(*) from identifier where person_id = '" + child + "'"));
    assertEquals(
        "1",
        text(
            "select count(*) from household_member a join household_member b"
                + " using (household_id) where a.person_id = '"
                + child
                + "' and b.person_id = '"
                + father
                + "'"));
    assertTrue(
        Integer.parseInt(text("select count(*) from name_index where person_id = '" + child + "'"))
            > 1);
    RegistryClient plain = client.plain();
    String token =
        plain.token(
            "person.read",
            List.of(RegistryClient.grant("civil-registration", "read", "names", "parents")));
    plain
        .as(token, "GET", "/v1/persons/" + child)
        .get("/v1/persons/" + child + "?purpose=civil-registration")
        .then()
        .statusCode(200)
        .body("names[0].full", equalTo("Đinh Hoa"))
        .body("parents.personId", hasItem(father));
  }

  @Test
  void refusesRowsByFieldAndRuleAndStoresTheOthers() {
    JsonNode view =
        client.ended(
            client.csv(
                "",
                HEADER
                    + ",Vi,An,1980-02-30,1,045,,,,,,,\n"
                    + ",Vi,Ba,1980-02-03,1,999,,,,,,,\n"
                    + ",Vi,Ca,1980-02-03,7,045,,,,,,,\n"
                    + ",Vi,Da,1980-02-03,1,045,,,,,,,\n"
                    + ",Vi\n"
                    + ",Vi,Ea,1980-02-03,1,045,,,,nobody,,,\n"
                    + ",Vi,Ga,1980-02-03,1,045,,,,,,12345,\n"
                    + ",Vi,Ha,1980-02-03,1,045,,,,,,,000000000000\n"));
    assertEquals("finished", view.path("state").asText());
    assertEquals(1, view.path("accepted").asInt());
    assertEquals(7, view.path("refused").asInt());
    assertEquals(
        List.of(
            "1,date_of_birth,date",
            "2,place_of_birth_registration,known-code",
            "3,sex,known-code",
            "5,,columns",
            "6,father_ref,known-row",
            "7,earlier_numbers,number",
            "8,personal_number,number"),
        client.problems(view));
    String file = client.get(view.path("problems").asText()).asString();
    assertTrue(file.startsWith("row,field,rule,detail\r\n1,date_of_birth,date,"), file);
    assertFalse(file.contains("1980"), file);
  }

  @Test
  void refusesNumbersThatAreTaken() {
    String given =
        text(
            "select document ->> 'personalNumber' from person where person_id = '"
                + registered("Hoàng", "234567891")
                + "'");
    JsonNode view =
        client.ended(
            client.csv(
                "",
                HEADER
                    + ",Hứa,An,1980-02-03,1,045,,,,,,234567891,\n"
                    + ",Hứa,Ba,1980-02-03,1,045,,,,,,,"
                    + given
                    + "\n,Hứa,Ca,1980-02-03,1,045,,,,,,345678912,\n"
                    + ",Hứa,Da,1980-02-03,1,045,,,,,,345678912,\n"));
    assertEquals(
        List.of(
            "1,earlier_numbers,number-free",
            "2,personal_number,number-free",
            "4,earlier_numbers,number-free"),
        client.problems(view));
    assertEquals(1, view.path("accepted").asInt());
  }

  @Test
  void takesLinesOfTheApiAndNamesTheirMembers() {
    JsonNode view =
        client.ended(
            client.ndjson(
                "",
                """
                {"names":[{"family":"Khuất","given":"Minh"}],"dateOfBirth":"1984-11","sex":1,"placeOfBirthRegistration":"045"}

                {"names":[{"family":"Khuất"}],"dateOfBirth":"1984","sex":2,"placeOfBirthRegistration":"045"}
                {"names":[{"family":"Khuất","given":"Mai"}],"born":"1984"}
                not json
                null
                """));
    assertEquals(1, view.path("accepted").asInt());
    assertEquals(
        List.of(
            "2,names[0].given,required", "3,born,known-member", "4,,malformed-request", "5,,json"),
        client.problems(view));
  }

  @Test
  void aDryRunStoresNothingAndFindsTheSame() {
    long before = count();
    String rows =
        HEADER
            + "d1,Nghiêm,An,1950-02-03,1,045,married,hd,head,,,,\n"
            + "d2,Nghiêm,Ba,1980-02-03,1,045,single,hd,head,d1,,,\n"
            + "d3,Nghiêm,Ca,1955-02-03,1,045,single,hd,child,d1,,,\n"
            + ",Nghiêm,Da,1980-02-03,1,045,,,,d3,,456789123,\n"
            + ",Nghiêm,Ea,1980-02-03,1,045,,,,,,456789123,\n";
    JsonNode dry = client.ended(client.csv("?dryRun=true", rows));
    assertEquals(before, count());
    assertEquals("check", dry.path("phase").asText());
    List<String> problems = client.problems(dry);
    assertEquals(dry.path("refused").asInt(), problems.size());
    JsonNode real = client.ended(client.csv("", rows));
    assertEquals(problems, client.problems(real));
    assertEquals(dry.path("accepted"), real.path("accepted"));
    assertEquals(before + real.path("accepted").asInt(), count());
    assertEquals(
        "0",
        text("select (select count(*) from bulk_reference) + (select count(*) from bulk_claim)"));
  }

  @Test
  void stopStoresNothingUnlessAllRowsKeepTheRules() {
    long before = count();
    String good = HEADER + ",Phí,An,1980-02-03,1,045,,,,,,,\n";
    JsonNode failed =
        client.ended(client.csv("?onProblem=stop", good + ",Phí,Ba,1980-02-31,1,045,,,,,,,\n"));
    assertEquals("failed", failed.path("state").asText());
    assertEquals(List.of("2,date_of_birth,date"), client.problems(failed));
    assertEquals(before, count());
    JsonNode stored = client.ended(client.csv("?onProblem=stop", good));
    assertEquals("finished", stored.path("state").asText());
    assertEquals("store", stored.path("phase").asText());
    assertEquals(before + 1, count());
  }

  @Test
  void theSameFileIsTakenOnce() {
    String rows = HEADER + ",Ngụy,An,1981-02-03,1,045,,,,,,,\n";
    String key = UUID.randomUUID().toString();
    Response first = withKey(key, rows);
    JsonNode view = client.ended(first);
    Response again = withKey(key, rows);
    assertEquals(202, again.statusCode());
    assertEquals(first.header("Location"), again.header("Location"));
    client.csv("", rows).then().statusCode(409).body("import", equalTo(view.path("id").asText()));
    withKey(key, rows + ",Ngụy,Ba,1981-02-03,1,045,,,,,,,\n").then().statusCode(422);
    assertEquals(1, view.path("accepted").asInt());
    assertEquals("0", text("select count(*) from bulk_import where state = 'uploading'"));
  }

  @Test
  void rowsMayNameRowsOfOtherChunksWhereverTheyStand() {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 2500; i++) {
      rows.append(",")
          .append(ImportClient.somebody("Giáp ", i, 1985))
          .append(",2,045,single,,,f%d,,,\n".formatted(i % 50));
    }
    for (int i = 0; i < 50; i++) {
      rows.append("f%d,".formatted(i))
          .append(ImportClient.somebody("Giáp ", 2_500 + i, 1940))
          .append(",1,045,married,,,,,,\n");
    }
    JsonNode view = client.ended(client.csv("", rows.toString()));
    assertEquals(2550, view.path("accepted").asInt(), client.problems(view).toString());
    String father = person(view.path("id").asText(), 2501);
    assertEquals(
        "51", text("select count(*) from person_event where person_id = '" + father + "'"));
  }

  @Test
  void takesGzipAndRefusesBombs() throws IOException {
    String rows = HEADER + ",Tăng,An,1982-02-03,1,045,,,,,,,\n";
    JsonNode view = client.ended(packed(rows.getBytes(StandardCharsets.UTF_8)));
    assertEquals(1, view.path("accepted").asInt());
    packed((HEADER + "\n".repeat(50 << 20)).getBytes(StandardCharsets.UTF_8))
        .then()
        .statusCode(413);
    client
        .request("text/csv")
        .header("Content-Encoding", "gzip")
        .body(rows.getBytes(StandardCharsets.UTF_8))
        .post(ImportClient.IMPORTS)
        .then()
        .statusCode(400)
        .body("violations.rule", hasItem("gzip"));
    client
        .request("text/csv")
        .header("Content-Encoding", "br")
        .body(rows.getBytes(StandardCharsets.UTF_8))
        .post(ImportClient.IMPORTS)
        .then()
        .statusCode(415);
    assertEquals("0", text("select count(*) from bulk_import where state = 'uploading'"));
  }

  @Test
  void onlyTheSenderAndAdministratorsSeeAnImport() {
    Response taken = client.csv("", HEADER + ",Thiều,An,1983-02-03,1,045,,,,,,,\n");
    JsonNode view = client.ended(taken);
    String location = taken.header("Location");
    client
        .get(ImportClient.IMPORTS + "?limit=1")
        .then()
        .statusCode(200)
        .body("imports.size()", equalTo(1));
    client.get(ImportClient.IMPORTS + "?limit=0").then().statusCode(400);
    client.get(ImportClient.IMPORTS + "?cursor=nonsense").then().statusCode(422);
    client.get(ImportClient.IMPORTS + "/" + UUID.randomUUID()).then().statusCode(404);
    RegistryClient plain = client.plain();
    String reader = plain.token("person.read", List.of());
    plain.as(reader, "GET", location).get(location).then().statusCode(403);
    String admin = plain.token("registry.admin", List.of());
    plain.as(admin, "GET", location).get(location).then().statusCode(200);
    plain
        .as(plain.token("person.write", List.of()), "POST", ImportClient.IMPORTS)
        .contentType("text/csv")
        .body("x")
        .post(ImportClient.IMPORTS)
        .then()
        .statusCode(403);
    String cancelled = client.post(location + "/cancellation").asString();
    assertEquals("finished", ImportClient.json(cancelled).path("state").asText());
    assertEquals(view.path("accepted"), ImportClient.json(cancelled).path("accepted"));
  }

  private Response withKey(String key, String rows) {
    String token = client.plain().token("register.import", List.of());
    return client
        .plain()
        .as(token, "POST", ImportClient.IMPORTS)
        .header("Idempotency-Key", key)
        .contentType("text/csv")
        .body(rows.getBytes(StandardCharsets.UTF_8))
        .post(ImportClient.IMPORTS);
  }

  private Response packed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return client
        .request("text/csv")
        .header("Content-Encoding", "gzip")
        .body(bytes.toByteArray())
        .post(ImportClient.IMPORTS);
  }

  private String registered(String family, String earlier) {
    return client
        .plain()
        .register(
            """
            {"names":[{"family":"%s","given":"Hoa"}],"dateOfBirth":"1970","sex":2,
             "placeOfBirthRegistration":"045","earlierNumbers":["%s"]}
            """
                .formatted(family, earlier))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private String person(String imported, int row) {
    return text(
        "select persons[1] from vital_event where document #>> '{circumstances,document,number}'"
            + " = 'import/"
            + imported
            + "/"
            + row
            + "'");
  }

  private long count() {
    return Long.parseLong(text("select count(*) from person"));
  }

  private String text(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
