package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.QueuedLookup;
import org.mekong.client.QueuedLookup.Standing;
import org.mekong.system.fault.Promise;

/**
 * Queued lookups come to their end once, with each leg once in both logs, though the nation that is
 * asked is away, and either gateway is killed without a warning.
 */
class QueuedLookupsIT {
  private static final int QUEUED = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private RunningPlatform platform;
  private BothLogs logs;
  private QueuedLookup queue;
  private Question question;

  @BeforeEach
  void start() throws Exception {
    platform = RunningPlatform.shared();
    Profile.Loaded office = platform.registryOffice();
    logs = BothLogs.of(office);
    queue = new QueuedLookup(office);
    question =
        new Question(
            "LA",
            "marriage",
            platform.residentNumber(),
            List.of(Question.Predicate.parse("alive"), Question.Predicate.parse("married")),
            List.of(),
            "officer-1");
  }

  @AfterEach
  void heal() throws Exception {
    logs.awaitAll();
  }

  @Test
  void eachIsAnsweredOnceThoughThePeerIsAwayAndBothGatewaysDie() throws Exception {
    RunningPlatform.signal("STOP", platform.service("LA", "gateway"));
    Map<UUID, String> operations = queued(QUEUED);
    awaitAttempt(operations.values().iterator().next());

    RunningPlatform.signal("KILL", platform.service("VN", "gateway"));
    RunningPlatform.signal("KILL", platform.service("LA", "gateway"));
    logs.awaitAll();

    assertAnsweredOnce(operations);
  }

  @Test
  void eachIsAnsweredOnceThoughTheOwnGatewayDiesWhileItWorks() throws Exception {
    long seed = Long.getLong("mekong.fault.seed", System.nanoTime());
    Map<UUID, String> operations = queued(2 * QUEUED);
    Thread.sleep(new Random(seed).nextInt(100));

    RunningPlatform.signal("KILL", platform.service("VN", "gateway"));
    logs.awaitAll();

    assertAnsweredOnce(operations);
  }

  private Map<UUID, String> queued(int count) throws Exception {
    Map<UUID, String> operations = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      UUID key = UUID.randomUUID();
      Standing.Pending pending =
          assertInstanceOf(Standing.Pending.class, queue.queue(question, Duration.ofHours(1), key));
      operations.put(key, pending.id());
    }
    return operations;
  }

  /** Waits until the nation was asked and has not answered. */
  private void awaitAttempt(String operation) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (assertInstanceOf(Standing.Pending.class, queue.look(question, operation))
        .failure()
        .isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no attempt has ended");
      }
      Thread.sleep(100);
    }
  }

  private void assertAnsweredOnce(Map<UUID, String> operations) throws Exception {
    List<Promise> promises = new ArrayList<>();
    for (Map.Entry<UUID, String> each : operations.entrySet()) {
      CheckedAnswer answer = answer(each.getValue());
      assertEquals("yes", answer.answers().getFirst().answer());
      assertEquals(answer.requestId(), answer(each.getValue()).requestId());
      JsonNode envelope = answer.envelope();
      promises.add(
          new Promise(
              answer.requestId(),
              digest(envelope.path("signedRequest").asText()),
              digest(envelope.path("signedAnswer").asText())));
    }
    assertEquals(operations.size(), promises.stream().map(Promise::requestId).distinct().count());
    assertEquals(List.of(), logs.faults(promises));
    Map.Entry<UUID, String> first = operations.entrySet().iterator().next();
    Standing again = queue.queue(question, Duration.ofHours(1), first.getKey());
    assertInstanceOf(Standing.Final.class, again);
  }

  private CheckedAnswer answer(String operation) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (queue.look(question, operation) instanceof Standing.Final(Lookup.Outcome outcome)) {
        return assertInstanceOf(Lookup.Outcome.Answered.class, outcome).answer();
      }
      Thread.sleep(100);
    }
    throw new AssertionError(operation + " has not come to its end");
  }

  private static String digest(String compact) throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            MessageDigest.getInstance("SHA-256")
                .digest(compact.getBytes(StandardCharsets.US_ASCII)));
  }
}
