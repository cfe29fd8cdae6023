package org.mekong.gateway.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.agreement.Decision.Allowed;
import org.mekong.gateway.agreement.Decision.Refused;

/** The agreement that the product ships decides as its text says. */
class EvaluatorTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

  private static Agreement agreement;

  @BeforeAll
  static void readTheShippedAgreement() throws Exception {
    agreement =
        new AgreementReader()
            .read(Files.readAllBytes(Path.of("../deploy/local/agreements/vn-la.json")));
  }

  private static Question question(
      String agencyClass, String purpose, LookupKind kind, String... fields) {
    return new Question(
        "VN", "LA", "vn-quang-tri-civil-registry", agencyClass, purpose, kind, Set.of(fields));
  }

  private static Question marriage(String... fields) {
    return question("civil-registry", "marriage", LookupKind.VERIFY, fields);
  }

  private static void assertRefused(String rule, Decision decision) {
    Refused refused = assertInstanceOf(Refused.class, decision);
    assertEquals(rule, refused.rule());
    assertTrue(refused.action().endsWith("."), refused.action());
  }

  @Test
  void theThreeQuestionsOfAMarriageAreAllowed() {
    Decision decision = Evaluator.decide(agreement, marriage("alive", "age_over", "married"), DAY);

    Allowed allowed = assertInstanceOf(Allowed.class, decision);
    assertEquals("vn-la/1/marriage", allowed.rule());
    assertEquals(Set.of("alive", "age_over", "married"), allowed.fields());
    assertEquals(Set.of("VN", "LA"), allowed.legalBasis().keySet());
    assertEquals(5000, allowed.dailyQuota());
  }

  @Test
  void aFieldThatIsNotAgreedIsRefusedAndNamed() {
    Decision decision = Evaluator.decide(agreement, marriage("alive", "number_valid"), DAY);

    assertRefused("vn-la/1/marriage/fields", decision);
    assertTrue(((Refused) decision).detail().contains("number_valid"));
  }

  @Test
  void aKindThatIsNotAgreedIsRefused() {
    assertRefused(
        "vn-la/1/marriage/kind",
        Evaluator.decide(
            agreement, question("civil-registry", "marriage", LookupKind.READ, "names"), DAY));
  }

  @Test
  void anAgencyOfAnotherClassIsRefused() {
    assertRefused(
        "vn-la/1/marriage/agency",
        Evaluator.decide(
            agreement, question("tax-office", "marriage", LookupKind.VERIFY, "alive"), DAY));
  }

  @Test
  void aPurposeThatIsNotAgreedIsRefused() {
    assertRefused(
        "vn-la/1/purpose",
        Evaluator.decide(
            agreement, question("civil-registry", "curiosity", LookupKind.VERIFY, "alive"), DAY));
  }

  @Test
  void nothingIsAllowedOutsideTheValidity() {
    assertRefused(
        "vn-la/1/validity",
        Evaluator.decide(agreement, marriage("alive"), LocalDate.of(2032, 1, 1)));
    assertRefused(
        "vn-la/1/validity",
        Evaluator.decide(agreement, marriage("alive"), LocalDate.of(2025, 12, 31)));
    assertInstanceOf(
        Allowed.class, Evaluator.decide(agreement, marriage("alive"), LocalDate.of(2031, 12, 31)));
  }

  @Test
  void aNationThatIsNoPartyIsRefused() {
    var fromElsewhere =
        new Question(
            "TH", "LA", "a", "civil-registry", "marriage", LookupKind.VERIFY, Set.of("alive"));

    assertRefused("vn-la/1/parties", Evaluator.decide(agreement, fromElsewhere, DAY));
    assertRefused("no-agreement", AgreementBook.of(agreement).decide(fromElsewhere, DAY));
  }

  @Test
  void aNationAsksItselfUnderAnAgreementOfItsOwnAlone() throws Exception {
    Agreement own =
        new AgreementReader()
            .read(Files.readAllBytes(Path.of("../deploy/local/agreements/vn.json")));
    var atHome =
        new Question(
            "VN", "VN", "a", "civil-registry", "marriage", LookupKind.VERIFY, Set.of("alive"));
    var abroad = marriage("alive");

    assertEquals("vn/1/marriage", AgreementBook.of(agreement, own).decide(atHome, DAY).rule());
    assertRefused("no-agreement", AgreementBook.of(agreement).decide(atHome, DAY));
    assertRefused("no-agreement", AgreementBook.of(own).decide(abroad, DAY));
    assertRefused("vn-la/1/parties", Evaluator.decide(agreement, atHome, DAY));
  }

  @Test
  void aPurposeThatNeedsConsentIsRefusedWithoutIt() {
    Agreement needing = AgreementSamples.withConsent(agreement, "marriage");

    assertRefused("vn-la/1/marriage/consent", Evaluator.decide(needing, marriage("alive"), DAY));
  }

  @Test
  void theNewestVersionInForceDecides() {
    Agreement next = AgreementSamples.version(agreement, 2, LocalDate.of(2027, 1, 1));
    AgreementBook book = AgreementBook.of(agreement, next);

    assertEquals("vn-la/1/marriage", book.decide(marriage("alive"), DAY).rule());
    assertEquals(
        "vn-la/2/marriage", book.decide(marriage("alive"), LocalDate.of(2027, 1, 1)).rule());
  }
}
