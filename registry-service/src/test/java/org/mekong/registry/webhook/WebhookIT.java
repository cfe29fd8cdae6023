package org.mekong.registry.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.webhooks.testing.Receiver;

/** Who sets webhooks up, changes and ends them. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class WebhookIT extends WebhookTrials {

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

  private Response change(String path, String tag) {
    String token = client.token("registry.admin", List.of());
    return client
        .as(token, "PATCH", path)
        .header("If-Match", tag)
        .body("{\"state\":\"active\"}")
        .patch(path);
  }
}
