package org.mekong.gateway.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.mekong.gateway.agreement.Decision.Allowed;

/** Whatever is asked or read, nothing slips through. */
class AgreementProperties {

  private static final Agreement AGREEMENT = shipped();

  private static Agreement shipped() {
    try {
      return new AgreementReader().read(document());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] document() throws Exception {
    return Files.readAllBytes(Path.of("../deploy/local/agreements/vn-la.json"));
  }

  @Property
  void whatIsAllowedLiesWithinTheTerms(@ForAll("questions") Question question) {
    Decision decision = Evaluator.decide(AGREEMENT, question, LocalDate.of(2026, 11, 21));

    if (decision instanceof Allowed allowed) {
      PurposeTerms terms = AGREEMENT.terms(question.purpose()).orElseThrow();
      assertEquals(question.fields(), allowed.fields());
      assertEquals(Set.of(), minus(allowed.fields(), terms.fields()));
      assertEquals(true, terms.kinds().contains(question.kind()));
      assertEquals(true, terms.admits(question.agency(), question.agencyClass()));
    }
  }

  @Property
  void bothSidesDecideTheSame(@ForAll("questions") Question question) {
    LocalDate day = LocalDate.of(2026, 11, 21);

    assertEquals(
        Evaluator.decide(AGREEMENT, question, day), Evaluator.decide(shipped(), question, day));
  }

  @Property(tries = 500)
  void aDamagedDocumentIsReadOrRefusedButNeverBreaksTheReader(
      @ForAll @IntRange(max = 3000) int at, @ForAll byte replacement) throws Exception {
    byte[] damaged = document();
    damaged[at % damaged.length] = replacement;

    try {
      new AgreementReader().read(damaged);
    } catch (AgreementException expected) {
      assertInstanceOf(String.class, expected.getMessage());
    }
  }

  @Property(tries = 500)
  void anyTextIsRefusedAsADocument(@ForAll String text) {
    try {
      new AgreementReader().read(text.getBytes(StandardCharsets.UTF_8));
    } catch (AgreementException expected) {
      return;
    }
    throw new AssertionError("read: " + text);
  }

  @Provide
  Arbitrary<Question> questions() {
    Arbitrary<String> purpose = Arbitraries.of("marriage", "border-resident", "civil-status", "x");
    Arbitrary<String> agencyClass = Arbitraries.of("civil-registry", "border-guard", "tax-office");
    Arbitrary<Set<String>> fields =
        Arbitraries.of("alive", "married", "single", "names", "sex", "religion", "age_over")
            .set()
            .ofMinSize(1)
            .ofMaxSize(4);
    return net.jqwik.api.Combinators.combine(
            purpose, agencyClass, fields, Arbitraries.of(LookupKind.class))
        .as(
            (why, whose, what, how) ->
                new Question("VN", "LA", "some-agency", whose, why, how, what));
  }

  private static Set<String> minus(Set<String> left, Set<String> right) {
    var rest = new java.util.HashSet<>(left);
    rest.removeAll(right);
    return rest;
  }
}
