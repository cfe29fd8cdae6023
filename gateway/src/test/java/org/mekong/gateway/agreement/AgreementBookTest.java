package org.mekong.gateway.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.agreement.Decision.Allowed;

/** Of several versions and agreements, the one that counts decides. */
class AgreementBookTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final LocalDate LATER = LocalDate.of(2027, 6, 1);

  private static Agreement agreement;

  @BeforeAll
  static void readTheShippedAgreement() throws Exception {
    agreement =
        new AgreementReader()
            .read(Files.readAllBytes(Path.of("../deploy/local/agreements/vn-la.json")));
  }

  private static Question alive(String purpose) {
    return new Question(
        "VN", "LA", "a", "civil-registry", purpose, LookupKind.VERIFY, Set.of("alive"));
  }

  private static Agreement consenting(int version, LocalDate from) {
    return AgreementSamples.version(
        AgreementSamples.withConsent(agreement, "marriage"), version, from);
  }

  @Test
  void aRequestUnderAnOlderVersionIsHeldToTheNewerOneToo() {
    AgreementBook book = AgreementBook.of(agreement, consenting(2, LocalDate.of(2027, 1, 1)));
    var first = new AgreementReference("vn-la", 1);

    assertInstanceOf(Allowed.class, book.decide(first, alive("marriage"), DAY).orElseThrow());
    assertEquals(
        "vn-la/2/marriage/consent",
        book.decide(first, alive("marriage"), LATER).orElseThrow().rule());
    assertEquals(
        "vn-la/1/civil-status",
        book.decide(first, alive("civil-status"), LATER).orElseThrow().rule());
  }

  @Test
  void aVersionThatIsNotHereDecidesNothing() {
    assertEquals(
        Optional.empty(),
        AgreementBook.of(agreement)
            .decide(new AgreementReference("vn-la", 2), alive("marriage"), DAY));
  }

  @Test
  void aVersionThatHasEndedBringsNoOlderOneBack() {
    Agreement brief =
        new Agreement(
            agreement.id(),
            2,
            agreement.parties(),
            LocalDate.of(2026, 11, 1),
            LocalDate.of(2026, 12, 31),
            agreement.purposes());
    AgreementBook book = AgreementBook.of(agreement, brief);

    assertEquals("vn-la/2/marriage", book.decide(alive("marriage"), DAY).rule());
    assertEquals("vn-la/2/validity", book.decide(alive("marriage"), LATER).rule());
  }

  @Test
  void anotherAgreementOfTheSameNationsAllowsWhatTheFirstDoesNotHave() {
    Agreement other =
        new Agreement(
            "vn-la-extra",
            1,
            agreement.parties(),
            agreement.validFrom(),
            agreement.validUntil(),
            consenting(1, agreement.validFrom()).purposes());
    AgreementBook book = AgreementBook.of(agreement, other);

    assertEquals("vn-la/1/marriage", book.decide(alive("marriage"), DAY).rule());
    assertEquals("vn-la/1/purpose", book.decide(alive("curiosity"), DAY).rule());
  }
}
