package org.mekong.registry.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.book.EventRegistrar;
import org.mekong.webhooks.testing.Receiver;

/** Webhooks to receivers that behave as they are told; none of them is left. */
abstract class WebhookTrials {

  static final String PATH = "/admin/v1/webhooks";

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  private final List<Receiver> receivers = new ArrayList<>();
  final List<String> made = new ArrayList<>();
  RegistryClient client;
  Book book;
  Receiver witness;
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

  final List<Receiver.Received> awaitPersons(Receiver receiver, List<String> persons)
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

  final Map<String, Object> awaitDelivery(Response webhook, String state)
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

  /** Waits until somebody else is told, and a round of deliveries more. */
  final void awaitTold(String person) throws InterruptedException {
    awaitPersons(witness, List.of(person));
    Thread.sleep(300);
  }

  final List<Map<String, Object>> deliveries(Response webhook, String query) {
    return send("GET", PATH + "/" + webhook.<String>path("id") + "/deliveries" + query, "")
        .path("deliveries");
  }

  final String person() {
    born++;
    return book.person("1950-01-%02d".formatted(1 + born % 28), Sex.FEMALE).personId().toString();
  }

  final Receiver receiver() {
    try {
      Receiver receiver = new Receiver(TestCertificates.serverContext(setting.folder()));
      receivers.add(receiver);
      return receiver;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A webhook that gets what happens from now on. */
  final Response webhook(Receiver receiver, String more) {
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

  final Response patch(Response webhook, String body) {
    return send("PATCH", PATH + "/" + webhook.<String>path("id"), body);
  }

  final Response create(String body) {
    return send("POST", PATH, body);
  }

  final Response send(String method, String path, String body) {
    return send(method, path, body, UUID.randomUUID().toString());
  }

  final Response send(String method, String path, String body, String key) {
    String token = client.token("registry.admin", List.of());
    RequestSpecification request = client.as(token, method, path).header("Idempotency-Key", key);
    if (method.equals("PATCH") || method.equals("DELETE")) {
      request = request.header("If-Match", String.valueOf(tag(path)));
    }
    return (body.isEmpty() ? request : request.body(body)).request(method, path);
  }

  final String tag(String path) {
    String token = client.token("registry.admin", List.of());
    return client.as(token, "GET", path).get(path).header("ETag");
  }

  final long count(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
