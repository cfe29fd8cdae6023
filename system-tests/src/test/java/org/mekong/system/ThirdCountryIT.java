package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Question;

/**
 * A third nation comes to two that run: over the admin APIs of both sides alone, and nobody
 * restarts.
 */
class ThirdCountryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AGREEMENT = "/admin/v1/agreements/vn-kh/versions/1";

  private static ThirdNation cambodia;

  @AfterAll
  static void stop() throws Exception {
    if (cambodia != null) {
      cambodia.close();
    }
  }

  @Test
  void aThirdNationIsAskedWhenBothSidesHaveAgreedAndNotBefore() throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    ProcessHandle gateway = platform.service("VN", "gateway");
    Lookup office = new Lookup(platform.registryOffice());
    assertRefused("no-peer", office.ask(alive("KH-0")));

    cambodia = ThirdNation.start();
    var ofVietNam = new GatewayOffice("VN", 0, "vn-quang-tri-registry-office");
    var ofCambodia = new GatewayOffice("KH", 200, "kh-takeo-registry-office");
    String number = ofCambodia.person(resident());
    ofVietNam.pin(ofCambodia);
    ofCambodia.pin(ofVietNam);
    assertRefused("no-agreement", office.ask(alive(number)));

    String document =
        Files.readString(RunningPlatform.PROJECT.resolve("deploy/local/agreements/vn-la.json"))
            .replace("\"vn-la\"", "\"vn-kh\"")
            .replace("\"LA\"", "\"KH\"");
    String vietNam = ofVietNam.sign(document, AGREEMENT);
    String signedByCambodia = ofCambodia.sign(document, AGREEMENT);
    assertRefused("no-agreement", office.ask(alive(number)));
    ofVietNam.add(AGREEMENT, signedByCambodia);
    ofCambodia.add(AGREEMENT, vietNam);

    CheckedAnswer answer = answered(office, alive(number));

    assertEquals("yes", answer.answers().getFirst().answer());
    assertTrue(answer.logEntry().origin().startsWith("kh.mekong.example/gateway/"));
    assertTrue(
        answer
            .envelope()
            .at("/trace/disclosure/origin")
            .asText()
            .startsWith("kh.mekong.example/registry/"),
        answer.envelope()::toString);
    assertTrue(gateway.isAlive(), "the gateway of Viet Nam runs on");
  }

  /** The logs of the third nation are cosigned by Viet Nam within seconds; then it answers. */
  private static CheckedAnswer answered(Lookup office, Question question) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Lookup.Outcome outcome = office.ask(question);
    while (!(outcome instanceof Lookup.Outcome.Answered) && System.nanoTime() < deadline) {
      Thread.sleep(500);
      outcome = office.ask(question);
    }
    return assertInstanceOf(Lookup.Outcome.Answered.class, outcome, outcome::toString).answer();
  }

  private static void assertRefused(String rule, Lookup.Outcome outcome) {
    Lookup.Outcome.Refused refused = assertInstanceOf(Lookup.Outcome.Refused.class, outcome);
    assertEquals(rule, refused.problem().path("rule").asText(), refused::toString);
  }

  private static Question alive(String number) {
    return new Question(
        "KH",
        "marriage",
        number,
        List.of(new Question.Predicate("alive", Map.of())),
        List.of(),
        "officer-1");
  }

  private static Map<String, Object> resident() {
    return Map.of(
        "names",
        List.of(Map.of("script", "Latn", "family", "Sok", "given", "Dara")),
        "dateOfBirth",
        "1998-03-02",
        "sex",
        1,
        "maritalStatus",
        "single",
        "placeOfBirthRegistration",
        "KH-21",
        "residences",
        List.of(Map.of("kind", "permanent", "province", "KH-21")));
  }
}
