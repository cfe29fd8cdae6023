package org.mekong.registry.webhook.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.webhooks.secret.WebhookSecret;
import org.mekong.webhooks.testing.Receiver;

/**
 * kill -9 of whoever sequences and delivers, again and again while changes are committed: with the
 * message on the line, before it, after it. Every change is delivered in the end, the order in
 * which they come first is the feed's, and what comes again has the id under which it came first.
 */
class KilledCourierIT {

  private static final int ROUNDS = 4;
  private final List<String> committed = new ArrayList<>();

  @Test
  void whatWasCommittedIsDeliveredThoughTheServiceIsKilled() throws Exception {
    Path folder = Path.of("target", "node", "killed-courier").toAbsolutePath();
    TestCertificates certificates = TestCertificates.create(folder);
    certificates.issue("server", "CN=localhost");
    CourierRegister register = CourierRegister.create();
    Random random = new Random(7);
    WebhookSecret secret = WebhookSecret.generate();
    try (Receiver receiver = new Receiver(TestCertificates.serverContext(folder))) {
      register.add(receiver.url(), secret);
      AtomicBoolean answering = new AtomicBoolean();
      receiver.answers(message -> answering.get() ? 200 : -1);
      for (int round = 0; round < ROUNDS; round++) {
        answering.set(round % 2 == 1);
        int before = receiver.all().size();
        try (RunningCourier courier = RunningCourier.start(register.name(), folder)) {
          for (int i = 0; i < 20; i++) {
            committed.add(register.commit());
          }
          receiver.await(before + 1); // it is on the line, unanswered in every other round
          Thread.sleep(random.nextInt(100));
          committed.add(register.commit());
          courier.kill();
        }
        register.lapse();
        committed.add(register.commit());
      }
      answering.set(true);
      try (RunningCourier last = RunningCourier.start(register.name(), folder)) {
        assertEverything(receiver, secret);
        for (int i = 0; i < 600 && register.undelivered() > 0; i++) {
          Thread.sleep(50); // received is not yet noted as delivered
        }
        assertTrue(last.delivered() > 0);
      }
    }
    assertEquals(committed, register.feed());
    assertEquals(0, register.undelivered());
  }

  private void assertEverything(Receiver receiver, WebhookSecret secret) throws Exception {
    Set<String> first = new LinkedHashSet<>();
    for (int i = 0; i < 1200 && first.size() < committed.size(); i++) {
      first.clear();
      receiver.all().forEach(message -> first.addAll(message.texts("/data/changes", "person")));
      Thread.sleep(50);
    }
    assertEquals(committed, List.copyOf(first));
    List<Receiver.Received> all = receiver.all();
    assertTrue(all.stream().allMatch(message -> message.valid(secret.shown()) == 1));
    Set<String> ids = new LinkedHashSet<>();
    Set<String> bodies = new LinkedHashSet<>();
    for (Receiver.Received message : all) {
      assertEquals(ids.add(message.id()), bodies.add(message.body()), "one body, one id");
    }
    assertTrue(ids.size() < all.size(), "some came again");
  }
}
