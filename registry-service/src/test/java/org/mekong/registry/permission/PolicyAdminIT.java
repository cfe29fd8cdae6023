package org.mekong.registry.permission;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestSetting;

/** Purposes, field sets and permissions are changed by rule, and the log is told. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class PolicyAdminIT {

  TestSetting setting;
  @Inject DataSource database;
  private PolicyClient admin;

  @BeforeEach
  void signIn() {
    admin = new PolicyClient(setting);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "purposes|{'description':'x'}|code|required",
        "purposes|{'code':'Pay All','description':'x'}|code|code",
        "purposes|{'code':'c','description':'x'}|code|code",
        "purposes|{'code':'pay'}|description|required",
        "purposes|{'code':'pay','description':' '}|description|not-empty",
        "purposes|{'code':'pay','description':'x','validFrom':'2026-13-01'}|validFrom|date",
        "purposes|{'code':'pay','description':'x','validFrom':'2026-02-02','validUntil':'2026-02-01'}|validUntil|order",
        "purposes|{'code':'pay','description':'x','legalBases':['a','a']}|legalBases[1]|unique",
        "purposes|{'code':'pay','description':'x','legalBases':[null]}|legalBases[0]|required",
        "purposes|{'code':'pay','description':'x','more':1}|more|known-member",
        "field-sets|{'code':'set','description':'x'}|fields|size",
        "field-sets|{'code':'set','description':'x','fields':[]}|fields|size",
        "field-sets|{'code':'set','description':'x','fields':['soul']}|fields[0]|known-code",
        "field-sets|{'code':'set','description':'x','fields':['names','names']}|fields[1]|unique",
        "field-sets|{'code':'set','description':'x','fields':['names','religion']}|fields[1]|sensitive",
        "permissions|{'code':'rule','description':'x','fieldSets':['identity']}|purpose|required",
        "permissions|{'code':'rule','description':'x','purpose':'fun','fieldSets':['identity']}|purpose|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['fun']}|fieldSets[0]|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage'}|fieldSets|required",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','sensitiveFields':['names']}|sensitiveFields[0]|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','sensitiveFields':['*']}|sensitiveFields[0]|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'kinds':['guess']}|kinds[0]|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'effect':'allow'}|effect|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'requester':{'role':'king'}}|requester.role|known-code",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'requester':{'agency':'a b'}}|requester.agency|reference",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'visibilityDelay':'P1Y'}|visibilityDelay|duration",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'visibilityDelay':'-P1D'}|visibilityDelay|duration",
        "permissions|{'code':'rule','description':'x','purpose':'marriage','fieldSets':['identity'],'visibilityDelay':'P99999D'}|visibilityDelay|duration",
      })
  void whatBreaksARuleIsNamedAndNothingIsKept(String path, String body, String field, String rule)
      throws SQLException {
    long before = count("select count(*) from policy");
    admin
        .post(path, body.replace('\'', '"'))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", hasItem(field))
        .body("violations.rule", hasItem(rule));
    assertEquals(before, count("select count(*) from policy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"purposes", "field-sets", "permissions"})
  void onlyTheAdministratorComesIn(String path) {
    for (String scope : List.of("person.read", "person.write", "duplicate.review")) {
      String other = admin.client().token(scope, List.of());
      String url = "/admin/v1/" + path;
      assertEquals(403, admin.client().as(other, "GET", url).get(url).statusCode(), scope);
      assertEquals(
          403, admin.client().as(other, "POST", url).body("{}").post(url).statusCode(), scope);
    }
    assertEquals(403, admin.client().asGateway().get("/admin/v1/" + path).statusCode());
    assertEquals(401, admin.client().open().get("/admin/v1/" + path).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "purposes|`'legalBases':['Law 1']`|`'legalBases':['Law 2']`|legalBases",
        "field-sets|`'fields':['names']`|`'fields':['sex']`|fields",
        "permissions|`'purpose':'marriage','fieldSets':['identity']`|`'purpose':'marriage','fieldSets':['family']`|fieldSets",
      })
  void aChangeNeedsTheNewestTagAndEveryVersionStays(
      String path, String first, String second, String member) throws Exception {
    String code = "c-" + UUID.randomUUID().toString().substring(0, 13);
    String body = "{'code':'" + code + "','description':'x',";
    String key = UUID.randomUUID().toString();
    Response created = admin.post(path, (body + first + "}").replace('\'', '"'), key);
    String tag = created.then().statusCode(201).extract().header("ETag");
    assertEquals("/admin/v1/" + path + "/" + code, created.header("Location"));
    String again =
        admin.post(path, (body + first + "}").replace('\'', '"'), key).then().extract().asString();
    assertEquals(created.asString(), again);
    admin
        .post(path, (body + first + "}").replace('\'', '"'))
        .then()
        .statusCode(409)
        .body("rule", equalTo(path + "/code-taken"));

    String one = path + "/" + code;
    String change = (body + second + "}").replace('\'', '"');
    admin.putBlindly(one, change).then().statusCode(428).body("action", notNullValue());
    for (String stale : List.of("\"1\"", "*", tag.replace(code, "marriage"), tag + "x")) {
      admin.put(one, stale, change).then().statusCode(412).body("rule", equalTo(path + "/stale"));
    }
    admin
        .put(one, tag, change.replace(code, "another"))
        .then()
        .statusCode(400)
        .body("violations.field", contains("code"));
    String newer = admin.put(one, tag, change).then().statusCode(200).extract().header("ETag");
    admin.put(one, tag, change).then().statusCode(412);
    admin.end(one, tag).then().statusCode(412);
    admin.get(one).then().header("ETag", newer).body("version", equalTo(2));

    String last =
        admin
            .end(one, newer)
            .then()
            .statusCode(200)
            .body("ended", equalTo(true))
            .extract()
            .header("ETag");
    admin.put(one, last, change).then().statusCode(409).body("rule", equalTo(path + "/ended"));
    admin.post(path, change).then().statusCode(409);
    admin
        .get(one + "/versions")
        .then()
        .body("items.version", contains(3, 2, 1))
        .body("items.changedBy", hasItem("test-client"))
        .body("items[2]." + member + "[0]", notNullValue());
    String next = admin.get(one + "/versions?limit=2").path("next");
    admin
        .get(one + "/versions?limit=2&cursor=" + next)
        .then()
        .body("items.version", contains(1))
        .body("next", equalTo(null));
    String word = path.replace('-', '_').replaceFirst("s$", "");
    assertEquals(List.of(word + "_created 1", word + "_changed 2", word + "_ended 3"), told(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"purposes", "field-sets", "permissions"})
  void aListIsPagedByCursorAndRefusesForeignOnes(String path) {
    String next = null;
    int seen = 0;
    int pages = 0;
    do {
      Response page = admin.get(path + "?limit=4" + (next == null ? "" : "&cursor=" + next));
      page.then().statusCode(200);
      seen += page.<List<?>>path("items").size();
      next = page.path("next");
      pages++;
    } while (next != null);
    assertTrue(pages > 1);
    assertEquals(seen, admin.get(path + "?limit=100").<List<?>>path("items").size());
    String foreign =
        admin.get((path.equals("purposes") ? "field-sets" : "purposes") + "?limit=1").path("next");
    for (String wrong : List.of(foreign, "!", "abc")) {
      admin
          .get(path + "?cursor=" + wrong)
          .then()
          .statusCode(400)
          .body("violations.field", contains("cursor"));
    }
    for (String wrong : List.of("0", "101", "x")) {
      admin.get(path + "?limit=" + wrong).then().statusCode(400);
    }
    admin.get(path + "/no-such-code").then().statusCode(404);
    admin.get(path + "/No_Code").then().statusCode(404);
  }

  @Test
  void aFieldSetInUseDoesNotEnd() {
    String set = "s-" + UUID.randomUUID().toString().substring(0, 13);
    String tag =
        admin.add(
            "field-sets",
            "{\"code\":\"%s\",\"description\":\"x\",\"fields\":[\"*\"]}".formatted(set));
    String rule =
        admin.rule(
            "marriage", ",\"requester\":{\"agency\":\"nobody\"},\"fieldSets\":[\"" + set + "\"]");
    admin
        .end("field-sets/" + set, tag)
        .then()
        .statusCode(409)
        .body("rule", equalTo("field-sets/in-use"))
        .body("detail", containsString(rule));
    admin.end("permissions/" + rule, admin.get("permissions/" + rule).header("ETag"));
    admin.end("field-sets/" + set, tag).then().statusCode(200);
  }

  @Test
  void ofManyChangesAtOnceOneIsMade() throws Exception {
    String code = admin.purpose("");
    String tag = admin.get("purposes/" + code).header("ETag");
    List<Callable<Integer>> changes =
        List.of(1, 2, 3, 4).stream()
            .<Callable<Integer>>map(
                i ->
                    () ->
                        new PolicyClient(setting)
                            .put(
                                "purposes/" + code,
                                tag,
                                "{\"code\":\"%s\",\"description\":\"Change %d\"}"
                                    .formatted(code, i))
                            .statusCode())
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      int made = 0;
      for (Future<Integer> status : threads.invokeAll(changes)) {
        made += status.get() == 200 ? 1 : 0;
        assertTrue(status.get() == 200 || status.get() == 412, "status " + status.get());
      }
      assertEquals(1, made);
    }
    assertEquals(2, told(code).size());
  }

  @Test
  void whatIsShippedIsThere() {
    admin
        .get("purposes?limit=100")
        .then()
        .body("items.code", hasItems("marriage", "border-resident", "law-enforcement"));
    admin
        .get("permissions/law-enforcement")
        .then()
        .body("visibilityDelay", equalTo("P90D"))
        .body("needsLegalBasis", equalTo(true))
        .body("requester.agencyClass", equalTo("police"))
        .body("changedBy", equalTo("release"));
  }

  private List<String> told(String code) throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select entry from (select entry_index as i, entry from log_entry union all"
                    + " select 1000000000 + ticket, entry from log_pending_entry) e order by i")) {
      List<String> acts = new java.util.ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String entry = new String(rows.getBytes(1), StandardCharsets.UTF_8);
          if (entry.contains("\"code\":\"" + code + "\"")) {
            var json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(entry);
            assertEquals("admin", json.path("kind").asText());
            assertEquals("test-client", json.path("administrator").asText());
            acts.add(json.path("act").asText() + " " + json.path("policy_version").asInt());
          }
        }
      }
      return acts;
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
