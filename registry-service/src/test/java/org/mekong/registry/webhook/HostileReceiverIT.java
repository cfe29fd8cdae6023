package org.mekong.registry.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.webhooks.testing.Receiver;

/** Receivers that hang, send on, are not who they say they are, or are gone. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class HostileReceiverIT extends WebhookTrials {

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

  private Response awaitState(Response webhook, String state) throws InterruptedException {
    Response found = webhook;
    for (int i = 0; i < 400 && !state.equals(found.<String>path("state")); i++) {
      Thread.sleep(50);
      found = send("GET", PATH + "/" + webhook.<String>path("id"), "");
    }
    assertEquals(state, found.<String>path("state"));
    return found;
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
