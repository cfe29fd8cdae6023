package org.mekong.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;

/** Nobody works for an answer that comes too late, and what was begun can be asked again. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TimeLeftIT {

  private static final String JOSE = "application/jose";

  Surroundings around;
  private TestPeer peer;

  @BeforeEach
  void begin() {
    peer = new TestPeer(around);
    around.peerDouble().reset();
    around.registry().reset();
  }

  @AfterEach
  void rest() {
    around.registry().reset();
  }

  @Test
  void thePeerIsToldHowLongAnAnswerIsOfUse() {
    new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815"));

    long left = around.peerDouble().lastTimeLeft();
    assertTrue(left > 3_000 && left < 5_000, () -> "told " + left);
  }

  @Test
  void aSlowRegisterIsNotWaitedForLongerThanTheAskerWaits() {
    around.registry().delay(1_500);
    String request = peer.request();
    long before = System.nanoTime();

    TestPeer.Answer late = peer.send(request, JOSE, TimeLeft.HEADER, "300");

    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertEquals(503, late.status(), late.body().toString());
    assertTrue(took.compareTo(Duration.ofMillis(1_400)) < 0, took::toString);
    around.registry().delay(0);
    assertEquals(200, peer.send(request).status());
  }

  @Test
  void whatComesTooLateIsNotAskedOfTheRegister() {
    assertEquals(503, peer.send(peer.request(), JOSE, TimeLeft.HEADER, "0").status());
    assertTrue(around.registry().asked().isEmpty());
  }

  @Test
  void aTimeThatIsNoneIsNotHeeded() {
    for (String text : new String[] {"-1", "soon", "99999999999999999999", ""}) {
      assertEquals(200, peer.send(peer.request(), JOSE, TimeLeft.HEADER, text).status(), text);
    }
  }
}
