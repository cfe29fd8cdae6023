package org.mekong.registry.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.webhooks.testing.Receiver;

/** Webhooks from their making to their end, with receivers that behave and some that do not. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class WebhookIT {

  private static final String PATH = "/admin/v1/webhooks";

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  private final List<Receiver> receivers = new ArrayList<>();
  private final List<String> made = new ArrayList<>();
  private RegistryClient client;
  private Book book;
  private Receiver witness;
  private int born;

  @BeforeEach
  void begin() {
    client = new RegistryClient(setting);
    book = new Book(database, events);
    witness = receiver();
  }

  @AfterEach
  void end() {
    made.forEach(id -> send("DELETE", PATH + "/" + id, ""));
    receivers.forEach(Receiver::close);
  }

  @Test
  void onlyAnAdministratorSetsWebhooksUp() {
    String token = client.token("feed.read person.write", List.of());
    Response answer =
        client
            .as(token, "POST", PATH)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .body("{\"url\":\"https://example.com/\"}")
            .post(PATH);
    assertEquals(403, answer.statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://192.168.1.1:8443/in",
        "https://[::1]/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:10.0.0.1]/",
        "https://2852039166/"
      })
  void aPrivateAddressIsRefusedAndNothingStored(String url) throws SQLException {
    long before = count("select count(*) from webhook");
    Response answer = create("{\"url\":\"" + url + "\"}");
    assertEquals(400, answer.statusCode(), answer.asString());
    assertEquals(List.of("url"), answer.<List<String>>path("violations.field"));
    assertEquals(before, count("select count(*) from webhook"));
  }

  @Test
  void everyWrongMemberIsNamed() {
    Response answer =
        create("{\"url\":\"http://example.com/\",\"types\":[\"party\"],\"provinces\":[\"XX\"]}");
    assertEquals(400, answer.statusCode());
    assertEquals(
        List.of("url", "types", "provinces"), answer.<List<String>>path("violations.field"));
    assertEquals(400, create("{}").statusCode());
    assertEquals(400, create("{\"url\":null,\"types\":[null]}").statusCode());
    Receiver receiver = receiver();
    Response cursor = create("{\"url\":\"%s\",\"after\":\"nonsense\"}".formatted(receiver.url()));
    assertEquals(422, cursor.statusCode(), cursor.asString());
  }

  @Test
  void theSecretIsShownOnceAndStoredNowhere() throws SQLException {
    Receiver receiver = receiver();
    String key = UUID.randomUUID().toString();
    String body = "{\"url\":\"" + receiver.url() + "\"}";
    Response first = send("POST", PATH, body, key);
    made.add(first.<String>path("id"));
    String secret = first.<String>path("secret");
    assertTrue(secret.startsWith("whsec_"));
    Response again = send("POST", PATH, body, key);
    assertEquals(201, again.statusCode());
    assertEquals(first.<String>path("id"), again.path("id"));
    assertNull(again.path("secret"));
    assertNull(send("GET", PATH + "/" + first.<String>path("id"), "").path("secret"));
    assertEquals(0, count("select count(*) from operation where body like '%whsec_%'"));
    assertEquals(
        0,
        count(
            "select count(*) from webhook where position(decode('%s', 'base64') in secret) > 0"
                .formatted(secret.substring("whsec_".length()))));
  }

  @Test
  void changesAreDeliveredInOrderAndSigned() throws InterruptedException {
    Receiver receiver = receiver();
    Response webhook = webhook(receiver, "");
    List<String> persons = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      persons.add(person());
    }

    List<Receiver.Received> received = awaitPersons(receiver, persons);

    for (Receiver.Received message : received) {
      assertEquals(1, message.valid(webhook.<String>path("secret")), "signed");
      assertFalse(message.id().contains("."));
      assertEquals("register.changes", message.json().path("type").asText());
    }
    assertEquals(
        persons,
        received.stream().flatMap(one -> one.texts("/data/changes", "person").stream()).toList());
    String cursor = received.getLast().json().at("/data/cursor").asText();
    String token = client.token("feed.read", List.of());
    assertEquals(
        200,
        client.as(token, "GET", "/v1/changes").get("/v1/changes?after=" + cursor).statusCode());
    Map<String, Object> last = deliveries(webhook, "").getFirst();
    assertEquals("delivered", last.get("state"));
    assertEquals(204, last.get("status"));
  }

  @Test
  void theFilterHoldsBackWhatDoesNotFit() throws InterruptedException {
    Receiver receiver = receiver();
    Response webhook =
        webhook(receiver, ",\"types\":[\"residence_change\"],\"provinces\":[\"01\"]");
    UUID mover = UUID.fromString(person());
    book.register("2020-01-01", Book.move(mover, "48"));
    book.register("2021-01-01", Book.move(mover, "01"));

    Receiver.Received message = receiver.await(1).getFirst();

    assertEquals(List.of(mover.toString()), message.texts("/data/changes", "person"));
    assertEquals("01", message.json().at("/data/changes/0/province").asText());
    assertEquals(1, deliveries(webhook, "").size());
  }

  @Test
  void aRenewedSecretSignsBesideTheOneBefore() throws InterruptedException {
    Receiver receiver = receiver();
    Response webhook = webhook(receiver, "");
    String path = PATH + "/" + webhook.<String>path("id") + "/secrets";
    Response renewed = send("POST", path, "");
    assertEquals(201, renewed.statusCode(), renewed.asString());
    String secret = renewed.path("secret");
    assertNotEquals(webhook.<String>path("secret"), secret);
    person();

    Receiver.Received message = receiver.await(1).getFirst();

    assertEquals(2, message.signatures().split(" ", -1).length);
    assertEquals(1, message.valid(webhook.<String>path("secret")));
    assertEquals(1, message.valid(secret));
  }

  @Test
  void whatFailsIsTriedAgainUnderTheSameIdAndNothingOvertakesIt() throws InterruptedException {
    Receiver receiver = receiver();
    receiver.answers(500);
    Response webhook = webhook(receiver, "");
    String first = person();
    receiver.await(1);
    String second = person();
    receiver.answers(200);

    List<Receiver.Received> received = awaitPersons(receiver, List.of(first, second));

    assertEquals(received.get(0).id(), received.get(1).id());
    assertEquals(received.get(0).body(), received.get(1).body());
    assertEquals(List.of(first), received.get(1).texts("/data/changes", "person"));
    assertEquals(List.of(second), received.getLast().texts("/data/changes", "person"));
    assertEquals("delivered", deliveries(webhook, "").getFirst().get("state"));
  }

  @Test
  void deadLettersAreListedAndCanBeReplayed() throws InterruptedException {
    Receiver receiver = receiver();
    receiver.answers(503);
    Response webhook = webhook(receiver, "");
    String lost = person();
    List<Receiver.Received> failed = receiver.await(3);
    Map<String, Object> dead = awaitDelivery(webhook, "dead");
    assertEquals(failed.getFirst().id(), dead.get("id"));
    assertEquals(3, dead.get("attempts"));
    assertEquals("refused", dead.get("outcome"));
    assertEquals(503, dead.get("status"));
    receiver.answers(200);
    String next = person();
    assertEquals(List.of(next), receiver.await(4).getLast().texts("/data/changes", "person"));

    String replays = PATH + "/" + webhook.<String>path("id") + "/replays";
    Response replay = send("POST", replays, "{\"delivery\":\"" + dead.get("id") + "\"}");
    assertEquals(202, replay.statusCode(), replay.asString());
    assertEquals(1, replay.<Integer>path("revived"));
    Receiver.Received again = receiver.await(5).getLast();
    assertEquals(dead.get("id"), again.id());
    assertEquals(List.of(lost), again.texts("/data/changes", "person"));
    assertEquals(
        409, send("POST", replays, "{\"delivery\":\"" + dead.get("id") + "\"}").statusCode());
    assertEquals(400, send("POST", replays, "{}").statusCode());
    assertEquals(400, send("POST", replays, "{\"delivery\":\"x\"}").statusCode());
  }

  @Test
  void everythingBehindACursorCanBeReplayed() throws InterruptedException {
    Receiver receiver = receiver();
    Response webhook = webhook(receiver, "");
    List<String> persons = new ArrayList<>();
    persons.add(person());
    String cursor = receiver.await(1).getFirst().json().at("/data/cursor").asText();
    persons.add(person());
    persons.add(person());
    awaitPersons(receiver, persons);
    int before = receiver.all().size();

    String replays = PATH + "/" + webhook.<String>path("id") + "/replays";
    assertEquals(202, send("POST", replays, "{\"after\":\"" + cursor + "\"}").statusCode());

    List<String> again = new ArrayList<>();
    for (int i = 0; i < 200 && again.size() < 2; i++) {
      Thread.sleep(50);
      List<Receiver.Received> all = receiver.all();
      again =
          all.subList(before, all.size()).stream()
              .flatMap(m -> m.texts("/data/changes", "person").stream())
              .toList();
    }
    assertEquals(persons.subList(1, 3), again);
    assertEquals(422, send("POST", replays, "{\"after\":\"nonsense\"}").statusCode());
  }

  @Test
  void oneThatNeverAnswersDisturbsNoOther() throws InterruptedException {
    Receiver hanging = receiver();
    hanging.answers(-1);
    Receiver well = receiver();
    Response stuck = webhook(hanging, "");
    Response other = webhook(well, "");
    String person = person();
    long began = System.nanoTime();

    assertEquals(List.of(person), well.await(1).getFirst().texts("/data/changes", "person"));

    long millis = (System.nanoTime() - began) / 1_000_000;
    assertTrue(millis < 2000, "before the deadline of the other: " + millis);
    assertEquals("delivered", awaitDelivery(other, "delivered").get("state"));
    awaitOutcome(stuck, "timeout");
  }

  @Test
  void redirectsAreNotFollowed() throws InterruptedException {
    Receiver inner = receiver();
    Receiver receiver = receiver();
    receiver.answers(307);
    receiver.sendsOnTo("https://169.254.169.254/latest/meta-data");
    Response webhook = webhook(receiver, "");
    person();
    receiver.await(1);
    receiver.sendsOnTo(inner.url());
    Map<String, Object> dead = awaitDelivery(webhook, "dead");
    assertEquals("redirect", dead.get("outcome"));
    assertEquals(307, dead.get("status"));
    assertEquals(List.of(), inner.all());
  }

  @Test
  void aCertificateThatIsNotOfTheHostIsRefused() throws InterruptedException {
    Receiver receiver = receiver();
    Response webhook = create("{\"url\":\"https://127.0.0.1:" + receiver.port() + "/\"}");
    made.add(webhook.<String>path("id"));
    person();
    awaitOutcome(webhook, "tls");
    assertEquals(List.of(), receiver.all());
  }

  @Test
  void anAddressThatTurnsPrivateAfterwardsIsNotConnectedTo()
      throws InterruptedException, SQLException {
    Receiver receiver = receiver();
    Response webhook = webhook(receiver, "");
    sql(
        "update webhook set url = 'https://10.255.255.1/' where webhook_id = '%s'"
            .formatted(webhook.<String>path("id")));
    person();
    awaitOutcome(webhook, "private-address");
    assertEquals(List.of(), receiver.all());
  }

  @Test
  void whoIsGoneIsNotSentToAnyMore() throws InterruptedException {
    Receiver receiver = receiver();
    receiver.answers(410);
    Response webhook = webhook(receiver, "");
    var unused = webhook(witness, "");
    String person = person();
    receiver.await(1);
    Response stopped = awaitState(webhook, "stopped");
    assertEquals("gone", stopped.<String>path("reason"));
    awaitTold(person());
    assertEquals(1, receiver.all().size());

    receiver.answers(200);
    assertEquals(200, patch(webhook, "{\"state\":\"active\"}").statusCode());
    assertEquals(List.of(person), receiver.await(2).get(1).texts("/data/changes", "person"));
  }

  @Test
  void aPausedWebhookGoesOnWhereItStood() throws InterruptedException {
    Receiver receiver = receiver();
    Response webhook = webhook(receiver, "");
    var unused = webhook(witness, "");
    assertEquals("paused", patch(webhook, "{\"state\":\"paused\"}").path("state"));
    String person = person();
    awaitTold(person);
    assertEquals(List.of(), receiver.all());
    assertEquals("active", patch(webhook, "{\"state\":\"active\"}").path("state"));
    assertEquals(List.of(person), receiver.await(1).getFirst().texts("/data/changes", "person"));
    assertEquals(400, patch(webhook, "{\"state\":\"ended\"}").statusCode());
    assertEquals(400, patch(webhook, "{\"url\":\"https://10.0.0.1/\"}").statusCode());
    List<String> types = patch(webhook, "{\"types\":[\"death\"]}").path("types");
    assertEquals(List.of("death"), types);
  }

  @Test
  void anEndedWebhookGetsNothingAndKeepsNoSecret() throws InterruptedException, SQLException {
    Receiver receiver = receiver();
    Response webhook = webhook(receiver, "");
    var unused = webhook(witness, "");
    String id = webhook.<String>path("id");
    assertEquals(204, send("DELETE", PATH + "/" + id, "").statusCode());
    awaitTold(person());
    assertEquals(List.of(), receiver.all());
    assertEquals("ended", send("GET", PATH + "/" + id, "").path("state"));
    assertEquals(404, patch(webhook, "{\"state\":\"active\"}").statusCode());
    assertEquals(404, send("DELETE", PATH + "/" + id, "").statusCode());
    assertEquals(
        1,
        count("select count(*) from webhook where secret is null and webhook_id = '" + id + "'"));
    assertEquals(404, send("GET", PATH + "/nothing", "").statusCode());
  }

  @Test
  void aChangeSaysWhatItChanges() {
    Response webhook = webhook(receiver(), "");
    String path = PATH + "/" + webhook.<String>path("id");
    String other = tag(PATH + "/" + webhook(receiver(), "").<String>path("id"));
    String before = tag(path);
    assertEquals(200, patch(webhook, "{\"state\":\"paused\"}").statusCode());
    for (String stale : List.of(before, other, "*")) {
      assertEquals(412, change(path, stale).statusCode(), stale);
    }
    assertEquals(200, change(path, tag(path)).statusCode());
    String token = client.token("registry.admin", List.of());
    Response silent = client.as(token, "PATCH", path).body("{\"types\":[]}").patch(path);
    assertEquals(428, silent.statusCode());
  }

  private Response change(String path, String tag) {
    String token = client.token("registry.admin", List.of());
    return client
        .as(token, "PATCH", path)
        .header("If-Match", tag)
        .body("{\"state\":\"active\"}")
        .patch(path);
  }

  @Test
  void listsComeByThePage() {
    Receiver receiver = receiver();
    for (int i = 0; i < 3; i++) {
      webhook(receiver, "");
    }
    List<String> ids = new ArrayList<>();
    String next = "";
    do {
      Response page = send("GET", PATH + "?limit=2" + next, "");
      ids.addAll(page.<List<String>>path("webhooks.id"));
      next = page.<String>path("next") == null ? "" : "&cursor=" + page.<String>path("next");
    } while (!next.isEmpty());
    assertTrue(ids.containsAll(made));
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  private List<Receiver.Received> awaitPersons(Receiver receiver, List<String> persons)
      throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      List<Receiver.Received> all = receiver.all();
      if (all.stream()
          .flatMap(one -> one.texts("/data/changes", "person").stream())
          .toList()
          .containsAll(persons)) {
        return all;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Not everybody was told of: " + receiver.all());
  }

  private Map<String, Object> awaitDelivery(Response webhook, String state)
      throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      List<Map<String, Object>> found = deliveries(webhook, "?state=" + state);
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("No delivery is " + state + ": " + deliveries(webhook, ""));
  }

  /** Waits until an attempt came to this. */
  private void awaitOutcome(Response webhook, String outcome) throws InterruptedException {
    Object found = null;
    for (int i = 0; i < 400 && found == null; i++) {
      Thread.sleep(50);
      found =
          deliveries(webhook, "").stream()
              .map(each -> each.get("outcome"))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
    }
    assertEquals(outcome, found);
  }

  /** Waits until somebody else is told, and a round of deliveries more. */
  private void awaitTold(String person) throws InterruptedException {
    awaitPersons(witness, List.of(person));
    Thread.sleep(300);
  }

  private Response awaitState(Response webhook, String state) throws InterruptedException {
    Response found = webhook;
    for (int i = 0; i < 400 && !state.equals(found.<String>path("state")); i++) {
      Thread.sleep(50);
      found = send("GET", PATH + "/" + webhook.<String>path("id"), "");
    }
    assertEquals(state, found.<String>path("state"));
    return found;
  }

  private List<Map<String, Object>> deliveries(Response webhook, String query) {
    return send("GET", PATH + "/" + webhook.<String>path("id") + "/deliveries" + query, "")
        .path("deliveries");
  }

  private String person() {
    born++;
    return book.person("1950-01-%02d".formatted(1 + born % 28), Sex.FEMALE).personId().toString();
  }

  private Receiver receiver() {
    try {
      Receiver receiver = new Receiver(TestCertificates.serverContext(setting.folder()));
      receivers.add(receiver);
      return receiver;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A webhook that gets what happens from now on. */
  private Response webhook(Receiver receiver, String more) {
    awaitQuiet();
    Response created = create("{\"url\":\"" + receiver.url() + "\"" + more + "}");
    assertEquals(201, created.statusCode(), created.asString());
    made.add(created.path("id"));
    return created;
  }

  private void awaitQuiet() {
    try {
      for (int i = 0; i < 400 && count("select count(*) from change_arrival") > 0; i++) {
        Thread.sleep(50);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Response patch(Response webhook, String body) {
    return send("PATCH", PATH + "/" + webhook.<String>path("id"), body);
  }

  private Response create(String body) {
    return send("POST", PATH, body);
  }

  private Response send(String method, String path, String body) {
    return send(method, path, body, UUID.randomUUID().toString());
  }

  private Response send(String method, String path, String body, String key) {
    String token = client.token("registry.admin", List.of());
    RequestSpecification request = client.as(token, method, path).header("Idempotency-Key", key);
    if (method.equals("PATCH") || method.equals("DELETE")) {
      request = request.header("If-Match", String.valueOf(tag(path)));
    }
    return (body.isEmpty() ? request : request.body(body)).request(method, path);
  }

  private String tag(String path) {
    String token = client.token("registry.admin", List.of());
    return client.as(token, "GET", path).get(path).header("ETag");
  }

  private long count(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
