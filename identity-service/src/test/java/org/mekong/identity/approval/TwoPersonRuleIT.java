package org.mekong.identity.approval;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.identity.testing.NewNode;
import org.mekong.identity.testing.TestSystem;
import org.mekong.resourceserver.testing.DpopClient;

/** From the one-time token to two administrators, of whom neither does alone what takes both. */
@QuarkusTest
@TestProfile(NewNode.Profile.class)
class TwoPersonRuleIT {
  @Inject DataSource database;
  private Office office;

  @BeforeEach
  void enter() {
    office = Office.open();
  }

  @Test
  void theOneTimeTokenIsGoodOnceAndNothingElseIs() {
    office.wrongToken.then().statusCode(403).body("detail", not(containsString("xxx")));
    office.unfitContent.then().statusCode(422).body("faults.member", hasItem("clientId"));
    office.made.then().statusCode(201).header(JointActs.MANDATE, "initial-setup");
    office.again.then().statusCode(403);
  }

  @Test
  void inTheInitialSetupOneDoesItAloneAndEveryAnswerSaysSo() {
    office.setupClient.then().statusCode(201).header(JointActs.MANDATE, "initial-setup");
    office.secondMade.then().statusCode(201).header(JointActs.MANDATE, "initial-setup");
    List<Map<String, Object>> ended = journal("act", "initial_setup_ended");
    assertEquals(1, ended.size());
    assertEquals("initial-setup", ended.getFirst().get("mandate"));
    office.first.get(Office.PROPOSALS).then().statusCode(200).body("initialSetup", equalTo(false));
  }

  @Test
  void whoProposesDoesNotApprove() {
    String id = "vn-" + UUID.randomUUID();
    Response asked = office.first.post(Office.CLIENTS, office.client(id, DpopClient.newKey()));
    asked
        .then()
        .statusCode(202)
        .body("act", equalTo("client-registration"))
        .body("target", equalTo(id))
        .body("proposedBy", equalTo("vn-first-administrator"))
        .body("status", equalTo("pending"));
    String proposal = asked.path("id");

    office
        .approve(office.first, proposal)
        .then()
        .statusCode(403)
        .body("rule", equalTo("approval/same-administrator"));
    office.first.get(Office.CLIENTS + "/" + id).then().statusCode(404);
    office.second.get(Office.PROPOSALS).then().body("items.id", hasItem(proposal));

    office.approve(office.second, proposal).then().statusCode(201).body("clientId", equalTo(id));
    office.first.get(Office.CLIENTS + "/" + id).then().statusCode(200);
    office
        .approve(office.second, proposal)
        .then()
        .statusCode(409)
        .body("rule", equalTo("approval/approved"));
    Map<String, Object> entry = journal("client", id).getLast();
    assertEquals("client_registered", entry.get("act"));
    assertEquals("vn-first-administrator", entry.get("administrator"));
    assertEquals("vn-second-administrator", entry.get("approved_by"));
    assertEquals(proposal, entry.get("proposal"));
  }

  @Test
  void whoHoldsTwoSystemsIsOneAdministrator() {
    String holder =
        office
            .approved(
                office.first.post(
                    Office.ACCOUNTS,
                    Map.of(
                        "kind",
                        "administrator",
                        "userName",
                        user(),
                        "name",
                        "Lê Văn Hải",
                        "roles",
                        List.of("identity-administrator"),
                        "assurance",
                        "high")))
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    TestSystem desk = held(holder);
    TestSystem laptop = held(holder);
    String proposal =
        desk.post(Office.CLIENTS, office.client("vn-" + UUID.randomUUID(), DpopClient.newKey()))
            .path("id");

    office
        .approve(laptop, proposal)
        .then()
        .statusCode(403)
        .body("rule", equalTo("approval/same-administrator"));
    office.approve(office.first, proposal).then().statusCode(201);
    String late =
        desk.post(Office.CLIENTS, office.client("vn-late", DpopClient.newKey())).path("id");
    var stillGood = desk.authorised("POST", Office.AGENCIES);

    Response asked =
        Office.put(
            office.first,
            Office.ACCOUNTS + "/" + holder + "/status",
            Map.of("status", "suspended"),
            null);
    office.approved(asked).then().statusCode(200);
    desk.ask(desk.form()).then().statusCode(401);
    stillGood
        .contentType("application/json")
        .body(Map.of("id", "vn-late", "name", "Sở", "agencyClass", "civil-registry"))
        .post(Office.AGENCIES)
        .then()
        .statusCode(403);
    office
        .approve(office.first, late)
        .then()
        .statusCode(409)
        .body("rule", equalTo("approval/proposer-gone"));
  }

  @Test
  void ofSimultaneousApprovalsOneIsDone() throws Exception {
    String proposal =
        office
            .first
            .post(Office.CLIENTS, office.client("vn-" + UUID.randomUUID(), DpopClient.newKey()))
            .path("id");
    List<Callable<Integer>> attempts =
        Collections.nCopies(4, () -> office.approve(office.second, proposal).statusCode());
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> answer : threads.invokeAll(attempts)) {
        answers.add(answer.get());
      }
    }
    Collections.sort(answers);
    assertEquals(List.of(201, 409, 409, 409), answers);
  }

  @Test
  void rejectedAndExpiredProposalsAreNotApproved() throws Exception {
    String rejected = proposal();
    Office.post(office.first, Office.PROPOSALS + "/" + rejected + "/rejection")
        .then()
        .statusCode(200)
        .body("status", equalTo("rejected"))
        .body("decidedBy", equalTo("vn-first-administrator"));
    office
        .approve(office.second, rejected)
        .then()
        .statusCode(409)
        .body("rule", equalTo("approval/rejected"));
    String expired = proposal();
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE proposal SET expires_at = proposed_at - interval '1 second' WHERE id = ?")) {
      update.setObject(1, UUID.fromString(expired));
      update.executeUpdate();
    }
    office
        .approve(office.second, expired)
        .then()
        .statusCode(409)
        .body("rule", equalTo("approval/expired"));
    office.first.get(Office.PROPOSALS + "/" + expired).then().body("status", equalTo("expired"));
    office
        .first
        .authorised("GET", Office.PROPOSALS)
        .queryParam("status", "expired")
        .get(Office.PROPOSALS)
        .then()
        .body("items.id", hasItem(expired));
    office.approve(office.second, UUID.randomUUID().toString()).then().statusCode(404);
    office.approve(office.second, "no-uuid").then().statusCode(404);
  }

  @Test
  void whatCouldNotBeDoneIsNotProposed() {
    office
        .first
        .post(Office.CLIENTS, office.client("A b", DpopClient.newKey()))
        .then()
        .statusCode(422);
    office
        .first
        .post(Office.CLIENTS, office.client("vn-second-administrator", DpopClient.newKey()))
        .then()
        .statusCode(409);
    office
        .first
        .post(
            Office.ACCOUNTS,
            Map.of("kind", "officer", "userName", user(), "assurance", "high", "name", "X"))
        .then()
        .statusCode(422)
        .body("faults.member", hasItem("roles"))
        .body("faults.member", hasItem("agencyId"));
  }

  @Test
  void keysChangeByTwoAndOnlyAsTheyWereSeen() {
    String id = "vn-" + UUID.randomUUID();
    JWK old = DpopClient.newKey();
    JWK next = DpopClient.newKey();
    office.approved(office.first.post(Office.CLIENTS, office.client(id, old)));
    String path = Office.CLIENTS + "/" + id + "/keys";
    Map<String, Object> keys = Map.of("jwks", new JWKSet(next.toPublicJWK()).toJSONObject());

    Office.put(office.first, path, keys, null).then().statusCode(428);
    Office.put(office.first, path, keys, "\"7\"").then().statusCode(412);
    Office.put(office.first, path, keys, "*").then().statusCode(412);
    Office.put(office.first, path, Map.of(), "\"1\"").then().statusCode(422);
    Office.put(office.first, path, Map.of("jwksUri", "http://keys.example"), "\"1\"")
        .then()
        .statusCode(422);
    Response asked = Office.put(office.first, path, keys, "\"1\"");
    TestSystem before = new TestSystem(id, old);
    before.ask(before.form()).then().statusCode(200);
    Response sameTime = Office.put(office.second, path, keys, "\"1\"");

    office.approved(asked).then().statusCode(200).body("version", equalTo(2));
    before.ask(before.form()).then().statusCode(401);
    TestSystem after = new TestSystem(id, next);
    after.ask(after.form()).then().statusCode(200);
    office.approve(office.first, sameTime.path("id")).then().statusCode(412);
  }

  @Test
  void oneSuspendsAtOnceAndTwoResume() {
    String id = "vn-" + UUID.randomUUID();
    JWK key = DpopClient.newKey();
    office.approved(office.first.post(Office.CLIENTS, office.client(id, key)));
    String path = Office.CLIENTS + "/" + id + "/status";
    TestSystem system = new TestSystem(id, key);

    Office.put(office.first, path, Map.of("status", "gone"), null).then().statusCode(422);
    Office.put(office.first, path, Map.of("status", "suspended"), null)
        .then()
        .statusCode(200)
        .header(JointActs.MANDATE, nullValue())
        .body("status", equalTo("suspended"));
    system.ask(system.form()).then().statusCode(401);
    Response asked = Office.put(office.first, path, Map.of("status", "active"), null);
    system.ask(system.form()).then().statusCode(401);
    office.approved(asked).then().statusCode(200).body("status", equalTo("active"));
    system.ask(system.form()).then().statusCode(200);
  }

  @Test
  void theLastTwoAdministratorsStay() {
    String path = Office.CLIENTS + "/vn-first-administrator/status";
    Map<String, Object> suspended = Map.of("status", "suspended");
    for (String holder : heldBySomebody()) {
      office.approved(
          Office.put(office.first, Office.CLIENTS + "/" + holder + "/status", suspended, null));
    }
    Office.put(office.second, path, suspended, null)
        .then()
        .statusCode(409)
        .body("rule", equalTo("approval/last-administrators"));
    office.first.get(Office.AGENCIES).then().statusCode(200);
  }

  @Test
  void agenciesChangeAsTheyWereSeen() {
    String path = Office.AGENCIES + "/" + office.agency;
    Map<String, Object> change = Map.of("name", "Sở Tư pháp", "status", "active");
    String tag = office.first.get(path).header("ETag");

    Office.put(office.first, path, change, null).then().statusCode(428);
    Office.put(office.first, path, change, "\"99\"").then().statusCode(412);
    Office.put(office.first, path, Map.of("name", "x", "status", "gone"), tag)
        .then()
        .statusCode(422);
    Office.put(office.first, path, change, tag)
        .then()
        .statusCode(200)
        .body("name", equalTo("Sở Tư pháp"));
    Office.put(office.first, path, change, tag).then().statusCode(412);
    Office.put(office.first, Office.AGENCIES + "/nobody", change, tag).then().statusCode(404);
  }

  private List<String> heldBySomebody() {
    List<Map<String, Object>> all =
        office
            .first
            .authorised("GET", Office.CLIENTS)
            .queryParam("limit", 200)
            .get(Office.CLIENTS)
            .path("items.findAll { it.holder != null && it.status == 'active' }");
    return all.stream().map(client -> (String) client.get("clientId")).toList();
  }

  private TestSystem held(String holder) {
    String id = "vn-" + UUID.randomUUID();
    JWK key = DpopClient.newKey();
    office
        .approved(office.first.post(Office.CLIENTS, Office.administrator(id, key, holder)))
        .then()
        .statusCode(201);
    return new TestSystem(id, key);
  }

  private String proposal() {
    return office
        .first
        .post(Office.CLIENTS, office.client("vn-" + UUID.randomUUID(), DpopClient.newKey()))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private List<Map<String, Object>> journal(String member, String value) {
    List<Map<String, Object>> entries = new ArrayList<>();
    String cursor = "";
    while (true) {
      Response page =
          office
              .second
              .authorised("GET", "/admin/v1/journal")
              .queryParam(member, value)
              .queryParam("cursor", cursor)
              .get("/admin/v1/journal");
      page.then().statusCode(200);
      entries.addAll(page.path("items.entry"));
      String next = page.path("next");
      if (next == null || next.equals(cursor)) {
        assertFalse(entries.isEmpty(), member + " " + value);
        assertTrue(entries.stream().allMatch(entry -> value.equals(entry.get(member))));
        return entries;
      }
      cursor = next;
    }
  }

  private static String user() {
    return "u" + UUID.randomUUID().toString().substring(0, 12);
  }
}
