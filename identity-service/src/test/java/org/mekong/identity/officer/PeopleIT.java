package org.mekong.identity.officer;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Accounts;
import org.mekong.identity.account.Credentials;
import org.mekong.identity.approval.NamedPeople;
import org.mekong.identity.client.Client;
import org.mekong.identity.client.Clients;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.subject.PairwiseNames;
import org.mekong.identity.testing.TestNode;
import org.mekong.identity.testing.TestSystem;

/** Officers and citizens: what is refused, how they come to a password, how they are ended. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class PeopleIT {
  private static final String ACCOUNTS = "/admin/v1/accounts";
  private static final String PASSWORD = "2 con trâu, 7 cây mít";
  private static final TestSystem ADMIN = TestSystem.administrator();

  @Inject Accounts accounts;
  @Inject Credentials credentials;
  @Inject Sessions sessions;
  @Inject Clients clients;
  @Inject PairwiseNames names;
  @Inject NamedPeople named;
  @Inject DataSource database;

  @TestFactory
  Stream<DynamicTest> refusesOfficers() {
    String agency = agency();
    return Stream.of(
        officer(agency, "kind", null),
        officer(agency, "kind", "robot"),
        officer(agency, "userName", null),
        officer(agency, "userName", "0123456789"),
        officer(agency, "userName", "Thảo"),
        officer(agency, "name", null),
        officer(agency, "name", "a\u0000"),
        officer(agency, "agencyId", null),
        officer(agency, "agencyId", "no-such-agency"),
        officer(agency, "office", "x".repeat(101)),
        officer(agency, "roles", null),
        officer(agency, "roles", List.of()),
        officer(agency, "roles", List.of("identity-administrator")),
        officer(agency, "roles", List.of("registrar", "registrar")),
        officer(agency, "roles", List.of("king")),
        officer(agency, "assurance", null),
        officer(agency, "assurance", "sure"),
        officer(agency, "personalNumber", "045199000123"));
  }

  @TestFactory
  Stream<DynamicTest> refusesCitizens() {
    return Stream.of(
        citizen("personalNumber", null),
        citizen("personalNumber", "x"),
        citizen("personalNumber", "thao.tran"),
        citizen("userName", "thao.tran"),
        citizen("name", "Trần Thị Thảo"),
        citizen("office", "Lao Bảo"),
        citizen("roles", List.of("registrar")),
        citizen("assurance", "certain"));
  }

  @Test
  void anOfficerGetsAPasswordByBothHalvesOfACode() throws Exception {
    Response made = ADMIN.post(ACCOUNTS, officerBody(agency()));
    made.then().statusCode(201).body("roles", equalTo(List.of("registrar")));
    UUID id = UUID.fromString(made.path("id"));
    Response handed = activate(id);
    handed.then().statusCode(201).header("Cache-Control", "no-store");
    String first = handed.path("firstHalf");
    String second = handed.path("outcome.secondHalf");

    for (String code : List.of(first, second, second + "." + first, first + "." + first, "", ".")) {
      begin(code).then().statusCode(404).body("detail", not(containsString(first)));
    }
    Response offer = begin(first + "." + second);
    offer.then().statusCode(200).body("uri", containsString("otpauth://totp/Mekong%20VN:"));
    byte[] secret = Base32.decode(offer.<String>path("secret"));
    complete(first + "." + second, PASSWORD, "000000")
        .then()
        .statusCode(422)
        .body("faults.member", hasItem("oneTimeCode"));
    complete(first + "." + second, "Password2026", code(secret, 0))
        .then()
        .statusCode(422)
        .body("faults.member", hasItem("password"))
        .body("detail", not(containsString("Password2026")));
    assertFalse(credentials.enrolled(accounts.byId(id).orElseThrow()));
    complete(first + "." + second, PASSWORD, code(secret, 0)).then().statusCode(204);

    Account officer = accounts.byId(id).orElseThrow();
    assertTrue(credentials.check(officer, PASSWORD));
    assertFalse(credentials.checkTotp(officer, code(secret, 0)), "spent when it was confirmed");
    assertTrue(credentials.checkTotp(officer, code(secret, 1)));
    begin(first + "." + second).then().statusCode(404);
    complete(first + "." + second, PASSWORD + "!", code(secret, 1)).then().statusCode(404);
  }

  @Test
  void aNewCodeReplacesAFormerOne() {
    UUID id = UUID.fromString(ADMIN.post(ACCOUNTS, officerBody(agency())).path("id"));
    Response former = activate(id);
    activate(id).then().statusCode(201);
    begin(former.path("firstHalf") + "." + former.path("outcome.secondHalf"))
        .then()
        .statusCode(404);
    activate(UUID.randomUUID()).then().statusCode(404);
  }

  @Test
  void whoIsSuspendedIsSignedOutAndStaysOut() throws Exception {
    UUID id = UUID.fromString(ADMIN.post(ACCOUNTS, officerBody(agency())).path("id"));
    try (Connection connection = database.getConnection()) {
      credentials.setPassword(connection, accounts.byId(id).orElseThrow(), PASSWORD);
      sessions.open(connection, Optional.empty(), id, "urn:mekong:loa:high", List.of("pwd", "otp"));
      sessions.open(connection, Optional.empty(), id, "urn:mekong:loa:high", List.of("pwd", "otp"));
    }
    Response listed = ADMIN.get(ACCOUNTS + "/" + id + "/sessions");
    listed.then().statusCode(200).body("items.size()", equalTo(2));
    String one = ACCOUNTS + "/" + id + "/sessions/" + listed.path("items[0].id");
    ADMIN.authorised("DELETE", one).delete(one).then().statusCode(204);
    ADMIN.authorised("DELETE", one).delete(one).then().statusCode(404);
    ADMIN
        .get(ACCOUNTS + "/" + id + "/sessions")
        .then()
        .body("items.id", equalTo(List.of(listed.<String>path("items[1].id"))));

    put(id + "/status", Map.of("status", "suspended"), null)
        .then()
        .statusCode(200)
        .body("status", equalTo("suspended"));
    ADMIN.get(ACCOUNTS + "/" + id + "/sessions").then().body("items.size()", equalTo(0));
    assertFalse(credentials.check(accounts.byId(id).orElseThrow(), PASSWORD));
    activate(id).then().statusCode(409);
    put(id + "/status", Map.of("status", "closed"), null).then().statusCode(200);
    put(id + "/status", Map.of("status", "active"), null).then().statusCode(409);
    String all = ACCOUNTS + "/" + UUID.randomUUID() + "/sessions";
    ADMIN.authorised("DELETE", all).delete(all).then().statusCode(404);
  }

  @Test
  void rolesChangeAsTheyWereSeen() {
    String agency = agency();
    Response made = ADMIN.post(ACCOUNTS, officerBody(agency));
    String id = made.path("id");
    Map<String, Object> change = new HashMap<>(officerBody(agency));
    change.keySet().removeAll(List.of("kind", "userName"));
    change.put("roles", List.of("reviewer"));
    put(id, change, null).then().statusCode(428);
    put(id, change, "\"2\"").then().statusCode(412);
    change.put("roles", List.of("gateway-administrator"));
    put(id, change, "\"1\"").then().statusCode(422);
    change.put("roles", List.of("reviewer"));
    put(id, change, "\"1\"")
        .then()
        .statusCode(200)
        .body("roles", equalTo(List.of("reviewer")))
        .body("version", equalTo(2));
    ADMIN.get(ACCOUNTS + "/" + id).then().header("ETag", "\"2\"");
  }

  @Test
  void aCitizensNumberIsSeenByNobodyAndKeptNowhereReadable() throws Exception {
    String number = "0451%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    Map<String, Object> body =
        Map.of("kind", "citizen", "personalNumber", number, "assurance", "low");
    String key = UUID.randomUUID().toString();
    Response made = post(key, body);
    made.then().statusCode(201).body("name", nullValue()).body("userName", nullValue());
    String id = made.path("id");
    assertEquals(made.asString(), post(key, body).asString());
    ADMIN
        .post(ACCOUNTS, body)
        .then()
        .statusCode(409)
        .body("account", equalTo(id))
        .body("detail", not(containsString(number)));
    String everything =
        made.asString()
            + ADMIN.get(ACCOUNTS + "/" + id).asString()
            + ADMIN
                .authorised("GET", ACCOUNTS)
                .queryParam("kind", "citizen")
                .get(ACCOUNTS)
                .asString()
            + ADMIN
                .authorised("GET", "/admin/v1/journal")
                .queryParam("limit", 200)
                .queryParam("act", "account_registered")
                .get("/admin/v1/journal")
                .asString();
    assertFalse(everything.contains(number));
    assertFalse(
        ADMIN
            .authorised("GET", "/admin/v1/journal")
            .queryParam("act", "account_registered")
            .queryParam("limit", 200)
            .get("/admin/v1/journal")
            .asString()
            .contains(id),
        "a citizen is not named in the log, not by the opaque id either");
    put(id + "/status", Map.of("status", "closed"), null).then().statusCode(200);
  }

  @Test
  void anAdministratorIsKnownByTheNameThatTokensHaveForThem() throws Exception {
    Map<String, Object> body = new HashMap<>(officerBody(""));
    body.keySet().removeAll(List.of("agencyId", "office"));
    body.put("kind", "administrator");
    body.put("roles", List.of("identity-administrator"));
    UUID id = UUID.fromString(ADMIN.post(ACCOUNTS, body).path("id"));
    try (Connection connection = database.getConnection()) {
      Client client = clients.find(connection, ADMIN.clientId()).orElseThrow();
      String name = names.subject(client, id);
      assertEquals(Optional.of(id), named.administrator(connection, client.id(), name));
      assertEquals(Optional.empty(), named.administrator(connection, client.id(), id.toString()));
      String elsewhere = TestSystem.registered().clientId();
      assertEquals(Optional.empty(), named.administrator(connection, elsewhere, name));
      assertEquals(Optional.empty(), named.administrator(connection, "nobody", name));
    }
  }

  @Test
  void listsAndReadsRefuseWhatIsNone() {
    for (String query : List.of("kind=robot", "limit=0", "cursor=%25", "cursor=eA")) {
      assertEquals(400, ADMIN.authorised("GET", ACCOUNTS).get(ACCOUNTS + "?" + query).statusCode());
    }
    ADMIN.get(ACCOUNTS + "/" + UUID.randomUUID()).then().statusCode(404);
    ADMIN.get(ACCOUNTS + "/no-uuid").then().statusCode(404);
    for (String query : List.of("from=yesterday", "until=2026", "kind=" + "x".repeat(201))) {
      assertEquals(
          400,
          ADMIN
              .authorised("GET", "/admin/v1/journal")
              .get("/admin/v1/journal?" + query)
              .statusCode());
    }
  }

  private static Response activate(UUID id) {
    String path = ACCOUNTS + "/" + id + "/activation";
    return ADMIN.authorised("POST", path).post(path);
  }

  private static Response begin(String code) {
    return given()
        .contentType("application/json")
        .body(Map.of("code", code))
        .post("/v1/activations");
  }

  private static Response complete(String code, String password, String oneTimeCode) {
    return given()
        .contentType("application/json")
        .body(Map.of("code", code, "password", password, "oneTimeCode", oneTimeCode))
        .post("/v1/activations/completion");
  }

  private static Response put(String rest, Object body, String ifMatch) {
    String path = ACCOUNTS + "/" + rest;
    var request = ADMIN.authorised("PUT", path).contentType("application/json").body(body);
    return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(path);
  }

  private static Response post(String key, Object body) {
    return ADMIN
        .authorised("POST", ACCOUNTS)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post(ACCOUNTS);
  }

  private static DynamicTest officer(String agency, String member, Object value) {
    Map<String, Object> body = officerBody(agency);
    body.put(member, value);
    return refused(body, member, value);
  }

  private static DynamicTest citizen(String member, Object value) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of("kind", "citizen", "personalNumber", "045199000123", "assurance", "low"));
    body.put(member, value);
    return refused(body, member, value);
  }

  private static DynamicTest refused(Map<String, Object> body, String member, Object value) {
    return DynamicTest.dynamicTest(
        member + " " + value,
        () ->
            ADMIN
                .post(ACCOUNTS, body)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:mekong:problem:invalid-content"))
                .body("faults.member", hasItem(member)));
  }

  private static Map<String, Object> officerBody(String agency) {
    return new HashMap<>(
        Map.of(
            "kind",
            "officer",
            "userName",
            "u" + UUID.randomUUID().toString().substring(0, 12),
            "name",
            "Trần Thị Thảo",
            "agencyId",
            agency,
            "office",
            "Lao Bảo",
            "roles",
            List.of("registrar"),
            "assurance",
            "high"));
  }

  private static String agency() {
    String id = "vn-" + UUID.randomUUID();
    ADMIN
        .post(
            "/admin/v1/agencies",
            Map.of("id", id, "name", "Sở Tư pháp", "agencyClass", "civil-registry"))
        .then()
        .statusCode(201);
    return id;
  }

  private static String code(byte[] secret, int steps) throws Exception {
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    return codes.generateOneTimePasswordString(
        new SecretKeySpec(secret, codes.getAlgorithm()), Instant.now().plusSeconds(steps * 30L));
  }
}
