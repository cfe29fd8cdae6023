package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestPeer;

/**
 * A request that names its end may come until then, within what our copy of the agreement allows.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WaitingRequestIT {

  private static final Duration HOUR = Duration.ofHours(1);

  @Inject Transactions transactions;

  Surroundings around;
  private TestPeer peer;

  @BeforeEach
  void begin() {
    peer = new TestPeer(around);
    around.registry().reset();
  }

  private String request(Duration age, Duration left) {
    long now = Instant.now().getEpochSecond();
    return peer.request(
        json ->
            json.replaceFirst("\"iat\":[0-9]+", "\"iat\":" + (now - age.toSeconds()))
                .replaceFirst("\\{", "{\"expires\":" + (now + left.toSeconds()) + ","));
  }

  @Test
  void beforeItsEndItIsAnswered() throws Exception {
    TestPeer.Answer answer = peer.send(request(HOUR, HOUR));

    assertEquals(200, answer.status(), answer.body().toString());
    String id = peer.verified(answer).payload().requestId().toString();
    List<String> legs =
        new PublishedLog(around)
            .entriesOf(id).stream().map(entry -> entry.path("leg").asText()).toList();
    assertEquals(List.of("request", "answer"), legs);
  }

  @Test
  void afterItsEndItIsRefusedAndTheRegisterNotAsked() {
    TestPeer.Answer answer = peer.send(request(HOUR.multipliedBy(2), HOUR.negated()));

    assertEquals("exchange/outlived", answer.rule());
    assertEquals(List.of(), around.registry().asked());
  }

  @Test
  void aLaterEndThanAgreedIsRefused() {
    TestPeer.Answer answer = peer.send(request(Duration.ZERO, Duration.ofDays(2)));

    assertEquals("vn-la/1/marriage/asynchronous", answer.rule());
    assertEquals(List.of(), around.registry().asked());
  }

  @Test
  void anEndThatNoAgreementCanAllowIsNoRequest() {
    assertEquals(
        "exchange/malformed", peer.send(request(Duration.ZERO, Duration.ofDays(40))).rule());
    assertEquals("exchange/malformed", peer.send(request(Duration.ZERO, HOUR.negated())).rule());
  }

  @Test
  void withoutAnEndItHasToComeAtOnce() {
    long old = Instant.now().getEpochSecond() - 3_600;
    String late = peer.request(json -> json.replaceFirst("\"iat\":[0-9]+", "\"iat\":" + old));

    TestPeer.Answer answer = peer.send(late);

    assertEquals("exchange/late", answer.rule());
    assertTrue(answer.body().path("detail").asText().contains("3600 s ago"), answer::toString);
    assertTrue(answer.body().path("action").asText().startsWith("Ask anew"), answer::toString);
    assertEquals(List.of(), around.registry().asked());
  }

  @Test
  void itsIdAndItsAnswerAreKeptUntilItsEnd() throws Exception {
    String waiting = request(Duration.ZERO, HOUR.multipliedBy(3));
    String immediate = peer.request();
    TestPeer.Answer first = peer.send(waiting);
    TestPeer.Answer other = peer.send(immediate);

    Instant later = Instant.now().plus(HOUR);
    transactions.in(connection -> ReceivedRequests.clean(connection, later, later));

    assertEquals(first.compact(), peer.send(waiting).compact());
    assertNotEquals(other.compact(), peer.send(immediate).compact());
  }
}
