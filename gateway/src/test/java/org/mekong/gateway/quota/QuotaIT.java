package org.mekong.gateway.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RegistryDouble.Mood;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;

/** Whoever asks more than allowed is told by which rule and for how long, on both sides. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class QuotaIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  @Inject DataSource database;
  private TestAgency agency;
  private String id;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    around.peerDouble().reset();
    id = "vn-agency-" + UUID.randomUUID();
  }

  private TestAgency.Answer ask(Map<String, Object> quotas, String... headers) {
    String token =
        agency.token(
            claims ->
                claims
                    .claim("client_id", id + "-system")
                    .subject(id + "-system")
                    .claim("agency", id)
                    .claim("quotas", quotas));
    return agency.post(agency.lookups(), token, QUESTION, headers);
  }

  private static String header(TestAgency.Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse("");
  }

  @Test
  void anAnswerTellsHowTheQuotasStand() {
    TestAgency.Answer answer = ask(Map.of("lookups_per_minute", 7));

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(
        "\"rate\";q=50;w=1, \"day\";q=5000;w=86400, \"client-minute\";q=7;w=60",
        header(answer, "RateLimit-Policy"));
    String stand = header(answer, "RateLimit");
    assertTrue(
        stand.matches("\"rate\";r=\\d+;t=1, \"day\";r=4999;t=\\d+, \"client-minute\";r=6;t=60"),
        stand);
  }

  @Test
  void theClientsOwnQuotaRefusesWithItsRuleAndIsLogged() {
    var log = new PublishedLog(around);
    assertEquals(200, ask(Map.of("lookups_per_day", 1)).status());
    long size = log.size();

    TestAgency.Answer second = ask(Map.of("lookups_per_day", 1));

    assertEquals(429, second.status());
    assertEquals("client/daily-quota", second.rule());
    assertTrue(second.body().path("action").asText().contains("midnight"));
    long seconds = Long.parseLong(header(second, "Retry-After"));
    assertTrue(seconds >= 1 && seconds <= 86_400, "" + seconds);
    assertTrue(header(second, "RateLimit").contains("\"client-day\";r=0;t="));
    JsonNode logged = log.entriesFrom(size).getLast();
    assertEquals("refusal", logged.path("leg").asText());
    assertEquals("client/daily-quota", logged.path("rule").asText());
    assertEquals(1, around.peerDouble().received().size());
  }

  @Test
  void anUnreadableQuotaAllowsNothing() {
    assertEquals(429, ask(Map.of("lookups_per_day", "many")).status());
  }

  @Test
  void aRepeatUnderTheSameKeyTakesNothing() {
    Map<String, Object> two = Map.of("lookups_per_day", 2);
    String key = UUID.randomUUID().toString();
    around.peerDouble().unavailable(1);
    assertEquals(502, ask(two, "Idempotency-Key", key).status()); // takes the first
    assertEquals(200, ask(two, "Idempotency-Key", key).status()); // sent again
    assertEquals(200, ask(two, "Idempotency-Key", key).status()); // the kept outcome
    assertEquals(200, ask(two).status()); // takes the second

    assertEquals(429, ask(two).status());
    assertEquals(200, ask(two, "Idempotency-Key", key).status());
  }

  @Test
  void aRefusalByQuotaIsNotTheOutcomeOfAKey() throws SQLException {
    String key = UUID.randomUUID().toString();
    used("VN", id, "LA", 5_000);
    assertEquals(429, ask(Map.of(), "Idempotency-Key", key).status());
    used("VN", id, "LA", 0);
    TestAgency.Answer again = ask(Map.of(), "Idempotency-Key", key);
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (again.status() == 429 && System.nanoTime() < end) {
      again = ask(Map.of(), "Idempotency-Key", key); // known to be used up for a second
    }
    assertEquals(200, again.status(), again.response().body());
  }

  @Test
  void theAskedSideCountsForTheAskingNationsAgencies() throws Exception {
    var peer = new TestPeer(around);
    String asking = "la-agency-" + UUID.randomUUID();
    used("LA", asking, "VN", 5_000);

    TestPeer.Answer answer =
        peer.send(peer.request(json -> json.replace("la-savannakhet-civil-registry", asking)));

    assertEquals(429, answer.status(), answer.body().toString());
    assertEquals("vn-la/1/marriage/daily-quota", answer.rule());
    assertEquals(Outcome.REFUSED, peer.verified(answer).payload().outcome());
    assertTrue(
        Long.parseLong(answer.headers().firstValue("Retry-After").orElse("0")) >= 1,
        answer.headers()::toString);
    assertEquals(List.of("request", "refusal"), legs(answer));
  }

  @Test
  void whatThePeersQuotaRefusedIsAskedAgainByTheSameRequestAndDisclosedOnce() throws Exception {
    var peer = new TestPeer(around);
    around.registry().reset();
    String asking = "la-agency-" + UUID.randomUUID();
    used("LA", asking, "VN", 5_000);
    String request = peer.request(json -> json.replace("la-savannakhet-civil-registry", asking));
    assertEquals(429, peer.send(request).status());
    used("LA", asking, "VN", 4_998);

    TestPeer.Answer again = peer.send(request);
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (again.status() == 429 && System.nanoTime() < end) {
      Thread.sleep(100);
      again = peer.send(request); // known to be used up for a second
    }

    assertEquals(200, again.status(), again.body().toString());
    assertEquals(again.compact(), peer.send(request).compact());
    assertEquals(1, around.registry().asked().size());
    List<String> legs = legs(again);
    assertEquals("request", legs.getFirst());
    assertEquals("answer", legs.getLast());
    assertEquals(1, Collections.frequency(legs, "request"));
    assertEquals(1, Collections.frequency(legs, "answer"));
    assertEquals(200, another(peer, asking).status()); // one was left: the repeats took none
    assertEquals(429, another(peer, asking).status());
  }

  private static TestPeer.Answer another(TestPeer peer, String asking) {
    return peer.send(peer.request(json -> json.replace("la-savannakhet-civil-registry", asking)));
  }

  @Test
  void aRequestThatIsTakenOverCountsOnce() throws SQLException {
    var peer = new TestPeer(around);
    String asking = "la-agency-" + UUID.randomUUID();
    used("LA", asking, "VN", 4_998);
    String request = peer.request(json -> json.replace("la-savannakhet-civil-registry", asking));
    around.registry().mood(Mood.BROKEN);
    assertEquals(503, peer.send(request).status()); // takes one
    assertEquals(503, peer.send(request).status());
    around.registry().reset();

    assertEquals(200, peer.send(request).status());
    assertEquals(200, another(peer, asking).status()); // takes the other
    assertEquals(429, another(peer, asking).status());
  }

  @Test
  void aRequestWhoseTakerDiedCountsOnce() throws SQLException {
    var peer = new TestPeer(around);
    around.registry().reset();
    String asking = "la-agency-" + UUID.randomUUID();
    used("LA", asking, "VN", 4_999);
    String request = peer.request(json -> json.replace("la-savannakhet-civil-registry", asking));
    TestPeer.Answer first = peer.send(request); // takes the last
    assertEquals(200, first.status(), first.body().toString());
    dieBeforeTheAnswer(first);

    TestPeer.Answer again = peer.send(request);

    assertEquals(200, again.status(), again.body().toString());
    assertEquals(429, another(peer, asking).status());
  }

  /** As a replica leaves it that is killed between the register's answer and its own. */
  private void dieBeforeTheAnswer(TestPeer.Answer answer) throws SQLException {
    String sql =
        """
        UPDATE received_request SET answer = NULL, answer_entry = NULL, answered_at = NULL,
          claimed_until = now() - interval '1 second'
        WHERE answer = ?""";
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, answer.compact());
      assertEquals(1, update.executeUpdate());
    }
  }

  @Test
  void theQuotaOfThePeerIsNotTheOutcomeOfAKey() throws Exception {
    String key = UUID.randomUUID().toString();
    around
        .peerDouble()
        .refuse(new Refusal("vn-la/1/marriage/rate", 429, "Used up.", "Ask again later."));

    TestAgency.Answer first = ask(Map.of(), "Idempotency-Key", key);

    assertEquals(429, first.status(), first.response().body());
    assertEquals("LA", first.body().path("refusedBy").asText());
    assertEquals("1", header(first, "Retry-After"));
    around.peerDouble().refuse(null);
    TestAgency.Answer again = ask(Map.of(), "Idempotency-Key", key);
    assertEquals(200, again.status(), again.response().body());
    assertEquals(1, Set.copyOf(around.peerDouble().received()).size());
    assertEquals(
        List.of("request", "failure", "answer"),
        new PublishedLog(around)
            .entriesOf(again.body().path("requestId").asText()).stream()
                .map(entry -> entry.path("leg").asText())
                .toList());
  }

  private List<String> legs(TestPeer.Answer answer) throws Exception {
    String request = new TestPeer(around).verified(answer).payload().requestId().toString();
    return new PublishedLog(around)
        .entriesOf(request).stream().map(entry -> entry.path("leg").asText()).toList();
  }

  @Test
  void operatorsSeeTodaysUsePageByPage() {
    ask(Map.of("lookups_per_day", 1));
    ask(Map.of("lookups_per_day", 1));
    var found = new HashSet<JsonNode>();
    String next = "";
    do {
      JsonNode page = list("?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next)).body();
      assertTrue(page.path("quotas").size() <= 2);
      page.path("quotas").forEach(found::add);
      next = page.path("next").asText();
    } while (!next.isEmpty());

    JsonNode agreed = of(found, "purpose");
    assertEquals("marriage", agreed.path("purpose").asText());
    assertEquals("LA", agreed.path("country").asText());
    assertEquals(5_000, agreed.path("allowed").asInt());
    JsonNode own = of(found, "client");
    assertEquals(id + "-system", own.path("client").asText());
    assertEquals(1, own.path("taken").asInt());
  }

  private JsonNode of(Set<JsonNode> found, String member) {
    return found.stream()
        .filter(use -> use.path("agency").asText().equals(id) && use.has(member))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBadCursorOrLimitIsABadRequest() {
    assertEquals(400, list("?limit=0").status());
    assertEquals(400, list("?limit=x").status());
    assertEquals(400, list("?cursor=AAAA").status());
    assertEquals(400, list("?cursor=*").status());
  }

  private TestAgency.Answer list(String query) {
    String token = agency.token(claims -> claims.claim("scope", "gateway.admin"));
    URI target = around.gateway().resolve("/admin/v1/quotas" + query);
    URI proved = around.gateway().resolve("/admin/v1/quotas");
    return agency.send(
        HttpRequest.newBuilder(target)
            .header("Authorization", "DPoP " + token)
            .header("DPoP", agency.client().proof("GET", proved, token)));
  }

  private void used(String nation, String asking, String country, int leased) throws SQLException {
    String sql =
        """
        INSERT INTO quota_day (day, nation, agency, client, purpose, country, leased)
        VALUES (?, ?, ?, '', 'marriage', ?, ?)
        ON CONFLICT (day, nation, agency, client, purpose, country)
        DO UPDATE SET leased = excluded.leased""";
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, LocalDate.now(ZoneOffset.UTC));
      insert.setString(2, nation);
      insert.setString(3, asking);
      insert.setString(4, country);
      insert.setInt(5, leased);
      insert.executeUpdate();
    }
  }
}
