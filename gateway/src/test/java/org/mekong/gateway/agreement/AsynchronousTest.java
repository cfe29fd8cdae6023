package org.mekong.gateway.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lookup waits as long as the purpose allows and no longer; where it says nothing, not at all.
 */
class AsynchronousTest {

  private static final Path SHIPPED = Path.of("../deploy/local/agreements/vn-la.json");

  private static String shipped() throws Exception {
    return Files.readString(SHIPPED);
  }

  private static Agreement agreement() throws Exception {
    return new AgreementReader().read(shipped().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPurposeThatSaysNothingLetsNothingWait() throws Exception {
    Decision.Refused refused =
        Asynchronous.refusal(agreement(), "civil-status", Duration.ofSeconds(1)).orElseThrow();

    assertEquals("vn-la/1/civil-status/asynchronous", refused.rule());
  }

  @Test
  void longerThanAgreedIsRefused() throws Exception {
    Duration agreed = Asynchronous.agreed(agreement(), "marriage").orElseThrow();

    assertTrue(Asynchronous.refusal(agreement(), "marriage", agreed).isEmpty());
    Decision.Refused refused =
        Asynchronous.refusal(agreement(), "marriage", agreed.plusSeconds(1)).orElseThrow();
    assertEquals("vn-la/1/marriage/asynchronous", refused.rule());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "P31D", "P1M", "soon", "-PT1S"})
  void aTimeThatNobodyCanKeepToIsAFaultOfTheDocument(String time) throws Exception {
    String document = shipped().replaceFirst("P1D", time);

    assertThrows(
        AgreementException.class,
        () -> new AgreementReader().read(document.getBytes(StandardCharsets.UTF_8)));
  }
}
