package org.mekong.gateway.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A document is read whole or refused with what is wrong and where. */
class AgreementReaderTest {

  private static final Path SHIPPED = Path.of("../deploy/local/agreements/vn-la.json");

  private final AgreementReader reader = new AgreementReader();

  private static String shipped() throws Exception {
    return Files.readString(SHIPPED);
  }

  private String fault(String document) {
    return assertThrows(
            AgreementException.class, () -> reader.read(document.getBytes(StandardCharsets.UTF_8)))
        .getMessage();
  }

  @Test
  void theShippedAgreementIsRead() throws Exception {
    Agreement agreement = reader.read(Files.readAllBytes(SHIPPED));

    assertEquals(new AgreementReference("vn-la", 1), agreement.reference());
    PurposeTerms marriage = agreement.terms("marriage").orElseThrow();
    assertEquals(Duration.ZERO, marriage.visibilityDelay());
    assertEquals(Period.ofYears(1), marriage.retention());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\": 1 | \"version\": \"1\" | version",
        "\"version\": 1 | \"version\": 0 | version",
        "\"id\": \"vn-la\" | \"id\": \"VN/LA\" | id",
        "\"validFrom\": \"2026-01-01\" | \"validFrom\": \"January\" | validFrom",
        "\"validFrom\": \"2026-01-01\" | \"validFrom\": \"2026-02-31\" | not JSON as agreed",
        "\"validUntil\": \"2031-12-31\" | \"validUntil\": \"2025-12-31\" | /validUntil lies before",
        "\"parties\": [\"VN\", \"LA\"] | \"parties\": [\"VN\", \"VN\"] | parties",
        "\"parties\": [\"VN\", \"LA\"] | \"parties\": [\"VN\", \"LA\", \"KH\"] | legal basis of each",
        "\"kinds\": [\"verify\"] | \"kinds\": [\"guess\"] | kinds",
        "\"purpose\": \"marriage\" | \"purpose\": \"civil-status\" | stands twice",
        "\"age_over\", \"married\" | \"names\", \"married\" | none of its kinds can ask",
        "\"age_over\", \"married\" | \"shoe_size\", \"married\" | none of its kinds can ask",
        "\"dailyQuota\": 5000 | \"dailyQuota\": -1 | dailyQuota",
        "\"retention\": \"P1Y\" | \"retention\": \"for ever\" | retention",
        "\"retention\": \"P1Y\" | \"forever\": true | forever",
        "\"consentRequired\": false | \"consentRequired\": null | consentRequired",
        "\"id\": \"vn-la\" | \"id\": \"vn-la\", \"id\": \"vn-la\" | Duplicate",
      })
  void aFaultIsNamed(String from, String to, String named) throws Exception {
    String message = fault(shipped().replaceFirst(java.util.regex.Pattern.quote(from), to));

    assertTrue(message.contains(named), message);
  }

  @Test
  void everyFaultIsListedAtOnce() throws Exception {
    String message =
        fault(shipped().replace("\"version\": 1", "\"version\": 0").replace("P1Y", "soon"));

    assertTrue(message.contains("version") && message.contains("retention"), message);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertTrue(fault("{").contains("not JSON"));
    assertTrue(fault("").length() > 0);
    assertTrue(fault("[".repeat(10_000)).contains("not JSON"));
    assertTrue(fault("{} {}").contains("not JSON"));
    assertTrue(fault(" ".repeat(300_000)).contains("larger"));
  }
}
