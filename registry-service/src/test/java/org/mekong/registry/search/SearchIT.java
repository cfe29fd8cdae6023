package org.mekong.registry.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class SearchIT {

  TestSetting setting;
  @Inject DataSource database;
  private SearchSetting search;

  @BeforeEach
  void connect() {
    search = new SearchSetting(setting);
  }

  @Test
  void ranksTheNameAsWrittenAheadOfItsOtherSpellings() throws Exception {
    String written = search.register("Huỳnh", "Quốc", "Hòa", "1931-02-03", 1, "");
    String oldTone = search.register("Huỳnh", "Quốc", "Hoà", "1931-05-06", 1, "");
    String otherMarks = search.register("Huỳnh", "Quốc", "Hoa", "1931-07-08", 2, "");
    String alias = search.register("Hoàng", "Quốc", "Hòa", "1931-09-10", 1, "");
    String longer = search.register("Huỳnh", "Quốc Phú", "Hòa", "1931-09-11", 1, "");
    search.register("Huỳnh", "Quốc", "Hùng", "1931-09-12", 1, "");
    search.register("Huỳnh", "Quốc", "Hòa", "1932-02-03", 1, "");

    JsonNode answer = search.search("\"name\":\"Huỳnh Quốc Hòa\",\"dateOfBirth\":\"1931\"");

    assertEquals("found", answer.path("outcome").asText());
    List<String> ids = SearchSetting.ids(answer);
    assertEquals(5, ids.size());
    assertEquals(new HashSet<>(List.of(written, oldTone)), new HashSet<>(ids.subList(0, 2)));
    assertEquals(List.of(otherMarks, longer, alias), ids.subList(2, 5));
    assertEquals("as_written", SearchSetting.reason(answer, 0, "name"));
    assertEquals("without_marks", SearchSetting.reason(answer, 2, "name"));
    assertEquals("same_name", SearchSetting.reason(answer, 4, "name"));
    assertEquals(1.0, answer.at("/persons/0/score").asDouble());
    assertTrue(answer.at("/persons/0/score").asDouble() > answer.at("/persons/4/score").asDouble());

    List<String> unmarked =
        SearchSetting.ids(search.search("\"name\":\"hoa HUYNH quoc\",\"dateOfBirth\":\"1931\""));
    assertEquals(otherMarks, unmarked.getFirst());
    assertEquals(new HashSet<>(ids), new HashSet<>(unmarked));
  }

  @Test
  void findsALaoNameInBothScriptsAndItsUsualSpellings() throws Exception {
    String lao =
        "{\"family\":\"Phommachanh\",\"given\":\"Bounmy\"},"
            + "{\"script\":\"Laoo\",\"family\":\"ພົມມະຈັນ\",\"given\":\"ບຸນມີ\"}";
    String id = search.register(lao, "1933-04-05", 1, "001", "");

    for (String spelling :
        List.of("Bounmy Phommachanh", "ບຸນມີ ພົມມະຈັນ", "Bunmi Pommachan", "phommachan BOUNMEE")) {
      JsonNode answer =
          search.search("\"name\":\"" + spelling + "\",\"dateOfBirth\":\"1933-04-05\"");
      assertEquals(List.of(id), SearchSetting.ids(answer), spelling);
    }
    assertEquals(
        "as_written",
        SearchSetting.reason(search.search("\"name\":\"ບຸນມີ ພົມມະຈັນ\""), 0, "name"));
    assertEquals(
        List.of(id),
        SearchSetting.ids(search.search("\"name\":\"Boun My Phommachanh\"")),
        "a word that is written as two");
    assertEquals(
        List.of(id),
        SearchSetting.ids(search.search("\"name\":\"Phommach Bounm\",\"partialName\":true")));
    assertEquals("none", search.search("\"name\":\"Phommach Bounm\"").path("outcome").asText());
  }

  @Test
  void ranksBirthKnownInPartBehindAndLeavesOtherDaysOut() throws Exception {
    String exact = search.register("Quách", "Bá", "Trác", "1934-05-17", 1, "");
    String month = search.register("Quách", "Bá", "Trác", "1934-05", 1, "");
    String year = search.register("Quách", "Bá", "Trác", "1934", 1, "");
    String near = search.register("Quách", "Bá", "Trác", "1935-05-17", 1, "");
    search.register("Quách", "Bá", "Trác", "1934-06-17", 1, "");

    JsonNode answer = search.search("\"name\":\"quach ba trac\",\"dateOfBirth\":\"1934-05-17\"");
    List<String> ids = SearchSetting.ids(answer);
    assertEquals(exact, ids.getFirst());
    assertEquals(new HashSet<>(List.of(exact, month, year)), new HashSet<>(ids));
    assertEquals("partial", SearchSetting.reason(answer, 1, "dateOfBirth"));

    List<String> wide =
        SearchSetting.ids(
            search.search(
                "\"name\":\"quach ba trac\",\"dateOfBirth\":\"1934-05-17\",\"yearTolerance\":1"));
    assertEquals(5, wide.size());
    assertEquals(exact, wide.getFirst());
    assertTrue(wide.contains(near));
    assertEquals(
        "not_recorded",
        SearchSetting.reason(
            search.search("\"name\":\"quach ba trac\",\"dateOfBirth\":\"1934\",\"mother\":\"An\""),
            0,
            "mother"));
  }

  @Test
  void narrowsBySexPlaceParentsAndPlaceOfBirth() throws Exception {
    String mother = search.register("Khổng", "Thị", "Mơ", "1915-01-01", 2, "");
    String home =
        ",\"residences\":[{\"kind\":\"permanent\",\"province\":\"01\"},"
            + "{\"kind\":\"temporary\",\"province\":\"44\"}],"
            + "\"placeOfBirth\":{\"province\":\"01\",\"text\":\"Phường Đông Hà\"},"
            + "\"relationships\":[{\"kind\":\"mother\",\"personId\":\""
            + mother
            + "\"},{\"kind\":\"father\",\"name\":\"Khổng Văn Tý\"}]";
    String id = search.register("Khổng", "Minh", "Khuê", "1936-01-02", 1, home);
    search.register("Khổng", "Minh", "Khuê", "1936-03-04", 2, "");

    String name = "\"name\":\"khong minh khue\"";
    for (String narrow :
        List.of(
            ",\"sex\":1",
            ",\"residence\":{\"province\":\"01\"}",
            ",\"residence\":{\"province\":\"44\",\"kind\":\"temporary\"}",
            ",\"sex\":1,\"mother\":\"khong thi mo\"",
            ",\"sex\":1,\"father\":\"ty van khong\",\"mother\":\"Mơ\"",
            ",\"sex\":1,\"placeOfBirth\":{\"text\":\"dong ha\"}",
            ",\"sex\":1,\"placeOfBirth\":{\"country\":\"VN\",\"province\":\"01\"}")) {
      JsonNode answer = search.search(name + narrow);
      assertEquals(List.of(id), SearchSetting.ids(answer), narrow);
    }
    for (String wrong :
        List.of(
            ",\"residence\":{\"province\":\"44\"}",
            ",\"residence\":{\"province\":\"01\",\"kind\":\"temporary\"}",
            ",\"sex\":1,\"mother\":\"khong thi man\"",
            ",\"sex\":1,\"father\":\"khong van suu\"",
            ",\"sex\":1,\"placeOfBirth\":{\"province\":\"44\"}")) {
      assertEquals("none", search.search(name + wrong).path("outcome").asText(), wrong);
    }
    assertEquals(
        List.of(id),
        SearchSetting.ids(
            search.search("\"residence\":{\"province\":\"01\"},\"dateOfBirth\":\"1936-01-02\"")),
        "by place and date alone");
  }

  @Test
  void findsByNumberAndByHousehold() throws Exception {
    String household = UUID.randomUUID().toString();
    String home = ",\"household\":{\"id\":\"" + household + "\",\"relationToHead\":\"%s\"}";
    String head = search.register("Nghiêm", "Văn", "Cả", "1937-01-02", 1, home.formatted("head"));
    String child = search.register("Nghiêm", "Văn", "Út", "1957-01-02", 1, home.formatted("child"));

    JsonNode members = search.search("\"householdId\":\"" + household + "\"");
    assertEquals(new HashSet<>(List.of(head, child)), new HashSet<>(SearchSetting.ids(members)));
    JsonNode one = search.search("\"householdId\":\"" + household + "\",\"name\":\"ut\"");
    assertEquals(List.of(child), SearchSetting.ids(one));

    String number = one.at("/persons/0/person/personal_number").asText();
    JsonNode byNumber = search.search("\"personalNumber\":\"" + number + "\"");
    assertEquals(List.of(child), SearchSetting.ids(byNumber));
    assertEquals("exact", SearchSetting.reason(byNumber, 0, "personalNumber"));
    assertEquals(
        "none",
        search
            .search("\"personalNumber\":\"" + number + "\",\"name\":\"Ca\"")
            .path("outcome")
            .asText());
    assertEquals(
        "none", search.search("\"personalNumber\":\"000000000000\"").path("outcome").asText());
  }

  @Test
  void aSearchThatWouldReadTooMuchSaysWhatWouldNarrowIt() throws Exception {
    fillWithThousandsOfOneName();

    JsonNode broad = search.search("\"name\":\"Nghiêng\"");
    assertEquals("needs-more", broad.path("outcome").asText());
    assertEquals(
        "[\"name\",\"dateOfBirth\",\"sex\",\"residence\",\"personalNumber\"]",
        broad.path("narrowBy").toString());
    assertTrue(broad.path("persons").isMissingNode());
    assertTrue(broad.path("receipt").asText().startsWith("c2sp.org/tlog-proof@v1"));

    assertEquals(
        "needs-more",
        search.search("\"name\":\"Nghi\",\"partialName\":true").path("outcome").asText());
    // None of these rows has a person: the search is narrow enough, and shows nobody.
    assertEquals(
        "none",
        search.search("\"name\":\"Nghiêng\",\"dateOfBirth\":\"1901\"").path("outcome").asText());
    assertEquals("needs-more", search.search("\"sex\":1").path("outcome").asText());
    assertEquals("needs-more", search.search("\"mother\":\"An\"").path("outcome").asText());
  }

  @Test
  void pagesStayWhileOthersAreRegistered() throws Exception {
    List<String> registered = new ArrayList<>();
    for (int day = 1; day <= 5; day++) {
      registered.add(search.register("Doãn", "Vĩnh", "Kha", "1938-01-0" + day, 1, ""));
    }
    String criteria = "\"name\":\"Doãn Vĩnh Kha\",\"dateOfBirth\":\"1938-01\"";
    List<String> seen = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 10 && (page == 0 || !cursor.isEmpty()); page++) {
      JsonNode answer =
          search.search(
              criteria, ",\"limit\":2" + (page == 0 ? "" : ",\"cursor\":\"" + cursor + "\""));
      seen.addAll(SearchSetting.ids(answer));
      cursor = answer.path("next").asText();
      search.register("Doãn", "Vĩnh", "Kha", "1938-01-1" + page, 1, ""); // ranked alike
      search.register("Doãn", "Vĩnh", "Kha", "1938-01-2" + page, 2, "");
    }

    assertEquals(registered, seen.stream().filter(registered::contains).toList());
    assertEquals(new HashSet<>(seen).size(), seen.size());
  }

  @Test
  void eachPersonShownIsADisclosureAndNobodyIsOneToo() throws Exception {
    String shown = search.register("Thạch", "Sơn", "Ngà", "1939-01-02", 2, "");
    String other = search.register("Thạch", "Sơn", "Ngà", "1939-03-04", 2, "");
    long before = count("select count(*) from disclosure");

    JsonNode answer =
        search.search(
            "\"name\":\"thach son nga\",\"dateOfBirth\":\"1939\"",
            ",\"fields\":[]".replace("[]", "[\"names\"]"));

    assertEquals(2, SearchSetting.ids(answer).size());
    assertEquals("[\"names\"]", fieldNames(answer.at("/persons/0/person")));
    assertEquals(before + 2, count("select count(*) from disclosure"));
    for (String id : List.of(shown, other)) {
      assertEquals(
          1,
          count(
              "select count(*) from disclosure where person_id = '"
                  + id
                  + "' and kind = 'search' and outcome = 'answered'"
                  + " and fields = '{names}'"));
    }
    search.search("\"name\":\"thach son nga\",\"dateOfBirth\":\"1940\"");
    assertEquals(before + 3, count("select count(*) from disclosure"));
  }

  @Test
  void withheldPersonsNeverShow() throws Exception {
    String household = UUID.randomUUID().toString();
    String hidden =
        ",\"withheld\":true,\"household\":{\"id\":\""
            + household
            + "\",\"relationToHead\":\"head\"}";
    search.register("Tống", "Bửu", "Ẩn", "1941-01-02", 1, hidden);
    String number =
        text(
            "select i.number from identifier i join name_index n on n.person_id = i.person_id"
                + " where n.word = '=person' and n.birth_year = 1941"
                + " and n.withheld limit 1");

    for (String criteria :
        List.of(
            "\"name\":\"Tống Bửu Ẩn\",\"dateOfBirth\":\"1941-01-02\"",
            "\"householdId\":\"" + household + "\"",
            "\"personalNumber\":\"" + number + "\"")) {
      assertEquals("none", search.search(criteria).path("outcome").asText(), criteria);
    }
  }

  @Test
  void theDescriptionsExamplesRunAndAreTrue() throws Exception {
    JsonNode operation =
        SearchSetting.json(
                search.client().open().get("/q/openapi?format=json").then().extract().asString())
            .at("/paths/~1v1~1persons~1search/post");
    JsonNode requests = operation.at("/requestBody/content/application~1json/examples");
    assertEquals(3, requests.size());
    String token = search.token("names", "date_of_birth", "permanent_residence", "life_status");
    for (JsonNode example : requests) {
      search.send(token, asText(example.path("value"))).then().statusCode(200);
    }
    JsonNode found =
        SearchSetting.json(
            asText(operation.at("/responses/200/content/application~1json/examples/found/value")));
    search.register("Trần", "Thị", "Hoa", "1990-05-17", 2, "");
    JsonNode real =
        search.search(
            "\"name\":\"tran thi hoa\",\"dateOfBirth\":\"1990\",\"sex\":2",
            ",\"fields\":[\"names\",\"date_of_birth\"]");
    assertEquals(fieldNames(found), fieldNames(real));
    assertEquals(fieldNames(found.at("/persons/0")), fieldNames(real.at("/persons/0")));
    assertEquals(
        found.at("/persons/0/reasons").toString(), real.at("/persons/0/reasons").toString());
    assertEquals(found.at("/persons/0/score"), real.at("/persons/0/score"));
    assertEquals(found.at("/persons/0/person"), real.at("/persons/0/person"));
  }

  private static String asText(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static String fieldNames(JsonNode object) throws JsonProcessingException {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return SearchSetting.text(Map.of("names", names)).replaceAll("^[{]\"names\":|[}]$", "");
  }

  /** Rows alone: what counts is how many there are. */
  private void fillWithThousandsOfOneName() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into name_index (word, birth_year, province, birth_day, sex, person_id, former,"
              + " withheld, name) select '"
              + NameKey.words("Nghiêng").getFirst().sound()
              + "', 1900 + n % 2, '01', 101, 1 + n % 2,"
              + " gen_random_uuid(), false, n % 2 = 1, 'nghiêng' from generate_series(1, 12000) n"
              + " on conflict do nothing");
      statement.execute("analyze name_index");
    }
  }

  private long count(String query) throws SQLException {
    return Long.parseLong(text(query));
  }

  private String text(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertTrue(row.next());
      assertFalse(row.getString(1).isEmpty());
      return row.getString(1);
    }
  }
}
