package org.mekong.registry.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.webhooks.testing.Receiver;

/** What is delivered, in which order, how often, and what can be had again. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class WebhookDeliveryIT extends WebhookTrials {

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
}
