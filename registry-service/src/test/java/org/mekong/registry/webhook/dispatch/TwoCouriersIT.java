package org.mekong.registry.webhook.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.webhooks.secret.WebhookSecret;
import org.mekong.webhooks.testing.Receiver;

/**
 * Two replicas on one database share the webhooks. While both live, nothing is sent twice and no
 * message overtakes another; when one is killed with messages on the line, the other brings them
 * again under the same ids, and goes on.
 */
class TwoCouriersIT {

  private static final int WEBHOOKS = 4;
  private static final int BURSTS = 12;
  private static final int KILLS = 2;

  private final Set<String> onTheLine = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean answering = new AtomicBoolean(true);
  private final Map<String, String> overlaps = new ConcurrentHashMap<>();
  private final WebhookSecret secret = WebhookSecret.generate();
  private final List<String> webhooks = new ArrayList<>();
  private final List<String> committed = new ArrayList<>();
  private Path folder;
  private CourierRegister register;
  private Receiver receiver;

  @BeforeEach
  void begin() throws Exception {
    folder = Path.of("target", "node", "two-couriers").toAbsolutePath();
    TestCertificates.create(folder).issue("server", "CN=localhost");
    register = CourierRegister.create();
    receiver = new Receiver(TestCertificates.serverContext(folder));
    receiver.answers(this::takesItsTime);
    for (int i = 0; i < WEBHOOKS; i++) {
      UUID id = register.add(receiver.url(), secret);
      webhooks.add(id.toString());
    }
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void theyShareTheWebhooksAndOneTakesOverFromTheOther() throws Exception {
    RunningCourier one = courier();
    RunningCourier other = courier();
    try {
      nothingIsSentTwiceWhileBothLive(one, other);
      List<Integer> kills = new ArrayList<>();
      while (kills.size() < KILLS || repeated(receiver.all(), kills).isEmpty()) {
        answering.set(false);
        commit(10);
        awaitOnTheLine(); // of one or the other, or of both
        one.kill();
        kills.add(receiver.all().size());
        answering.set(true);
        commit(10);
        awaitEverything(); // by the survivor alone
        one.close();
        one = other;
        other = courier();
      }
      commit(20);
      awaitEverything();
      nothingIsLostAndOnlyTheKilledSendTwice(kills);
    } finally {
      one.close();
      other.close();
    }
  }

  private void nothingIsSentTwiceWhileBothLive(RunningCourier one, RunningCourier other)
      throws Exception {
    for (int burst = 0; burst < BURSTS; burst++) {
      commit(10);
      awaitEverything(); // so that they race for each webhook anew
    }
    assertTrue(one.delivered() > 0, "one had its share");
    assertTrue(other.delivered() > 0, "the other had its share");
    assertEquals(receiver.all().size(), one.delivered() + other.delivered());
    byWebhook().values().forEach(messages -> assertEquals(committed, persons(messages)));
    assertEquals(0, register.undelivered());
    assertEquals(Map.of(), overlaps);
  }

  private void nothingIsLostAndOnlyTheKilledSendTwice(List<Integer> kills) throws Exception {
    List<Receiver.Received> all = receiver.all();
    assertFalse(repeated(all, kills).isEmpty(), "a message was on the line when it was cut");
    for (List<Receiver.Received> messages : byWebhook().values()) {
      Map<String, Receiver.Received> first = new LinkedHashMap<>();
      for (Receiver.Received message : messages) {
        first.putIfAbsent(message.id(), message);
        assertEquals(first.get(message.id()).body(), message.body(), "it comes as it came");
      }
      assertEquals(committed, persons(List.copyOf(first.values())));
    }
    assertEquals(register.feed(), committed);
    assertEquals(0, register.undelivered());
    assertEquals(Map.of(), overlaps);
    assertTrue(all.stream().allMatch(message -> message.valid(secret.shown()) == 1));
  }

  /**
   * The messages that came more than once. Each came again only after a kill, at most once for each
   * webhook and kill.
   */
  private static List<String> repeated(List<Receiver.Received> all, List<Integer> kills) {
    Map<String, Integer> last = new LinkedHashMap<>();
    Set<String> once = new LinkedHashSet<>();
    List<String> repeated = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Integer before = last.put(all.get(i).id(), i);
      if (before != null) {
        int at = i;
        List<Integer> between = kills.stream().filter(kill -> before < kill && kill <= at).toList();
        assertEquals(1, between.size(), "sent twice though nobody was killed between");
        assertTrue(once.add(webhook(all.get(i)) + between.getFirst()), "one on the line at a time");
        repeated.add(all.get(i).id());
      }
    }
    return repeated;
  }

  private int takesItsTime(Receiver.Received message) {
    String webhook = webhook(message);
    if (!onTheLine.add(webhook)) {
      overlaps.put(webhook, message.id());
    }
    try {
      Thread.sleep(10);
      while (!answering.get()) {
        Thread.sleep(10);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      onTheLine.remove(webhook);
    }
    return 204;
  }

  private void awaitOnTheLine() throws InterruptedException {
    for (int i = 0; i < 200 && onTheLine.size() < WEBHOOKS; i++) {
      Thread.sleep(10);
    }
    assertEquals(WEBHOOKS, onTheLine.size());
  }

  private RunningCourier courier() throws Exception {
    return RunningCourier.start(register.name(), folder);
  }

  private void commit(int many) throws SQLException, InterruptedException {
    for (int i = 0; i < many; i++) {
      committed.add(register.commit());
      Thread.sleep(2); // so that they make several messages
    }
  }

  private void awaitEverything() throws InterruptedException, SQLException {
    AtomicBoolean complete = new AtomicBoolean();
    for (int i = 0; i < 1500 && !complete.get(); i++) {
      Map<String, List<Receiver.Received>> came = byWebhook();
      boolean all =
          webhooks.stream()
              .allMatch(id -> persons(came.getOrDefault(id, List.of())).containsAll(committed));
      complete.set(all && register.undelivered() == 0);
      Thread.sleep(20);
    }
    assertTrue(complete.get(), "something is missing");
  }

  private Map<String, List<Receiver.Received>> byWebhook() {
    Map<String, List<Receiver.Received>> came = new LinkedHashMap<>();
    for (Receiver.Received message : receiver.all()) {
      came.computeIfAbsent(webhook(message), id -> new ArrayList<>()).add(message);
    }
    return came;
  }

  private static String webhook(Receiver.Received message) {
    return message.json().at("/data/webhook").asText();
  }

  private static List<String> persons(List<Receiver.Received> messages) {
    return messages.stream()
        .flatMap(message -> message.texts("/data/changes", "person").stream())
        .toList();
  }
}
