package org.mekong.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.PeerDouble.Lie;
import org.mekong.gateway.testing.RegistryDouble.Mood;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;

/** What somebody else's failure ended is a line in the process's log, and no stack. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ProblemLogIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  private TestAgency agency;
  private final Lines lines = new Lines();

  /** What is told at INFO or above. */
  private static final class Lines extends Handler {
    private final List<ExtLogRecord> told = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.INFO.intValue()) {
        told.add(ExtLogRecord.wrap(line));
      }
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    around.peerDouble().reset();
    around.registry().reset();
    agency.ask(QUESTION);
    Logger.getLogger("").addHandler(lines);
  }

  @AfterEach
  void end() {
    Logger.getLogger("").removeHandler(lines);
    around.peerDouble().reset();
    around.registry().reset();
  }

  private void assertOneLine(String... parts) {
    assertEquals(1, lines.told.size(), () -> lines.told.stream().map(this::text).toList() + "");
    ExtLogRecord line = lines.told.getFirst();
    assertNull(line.getThrown());
    for (String part : parts) {
      assertTrue(text(line).contains(part), () -> text(line));
    }
  }

  private String text(ExtLogRecord line) {
    return line.getFormattedMessage();
  }

  @Test
  void aLookupWithoutAnAnswerIsOneLineOfPeerRequestAndRule() {
    around.peerDouble().unavailable(1);

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(502, answer.status());
    String instance = answer.body().path("instance").asText().replace("urn:uuid:", "");
    assertOneLine("LA", instance, "exchange/unavailable");
  }

  @Test
  void anAnswerThatDoesNotVerifyIsOneLine() {
    around.peerDouble().lie(Lie.WRONG_DIGEST);

    agency.ask(QUESTION);

    assertOneLine("LA", "exchange/answer/digest");
  }

  @Test
  void aRegisterThatDoesNotAnswerAPeerIsOneLine() {
    around.registry().mood(Mood.BROKEN);

    assertEquals(503, new TestPeer(around).send(new TestPeer(around).request()).status());

    assertOneLine("LA");
  }

  @Test
  void aRefusalByARuleIsNoLine() {
    assertEquals(403, agency.ask(QUESTION.replace("alive", "number_valid")).status());

    assertTrue(lines.told.isEmpty(), () -> lines.told.stream().map(this::text).toList() + "");
  }
}
