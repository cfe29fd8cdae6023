package org.mekong.gateway.agreement;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mekong.gateway.agreement.Decision.Allowed;
import org.mekong.gateway.agreement.Decision.Refused;

/**
 * Decides a question by one agreement. Pure: the same agreement, question and day give the same
 * decision in both nations. The rules are tried from the outer to the inner one and the first that
 * refuses decides: parties, validity, purpose, agency, kind, fields, consent.
 */
public final class Evaluator {

  private Evaluator() {}

  /** The decision of this agreement on this day, UTC. */
  public static Decision decide(Agreement agreement, Question question, LocalDate day) {
    AgreementReference reference = agreement.reference();
    if (!agreement.binds(question.from(), question.to())) {
      return new Refused(
          reference.rule("parties"),
          "Agreement " + reference + " is not between " + between(question) + ".",
          "Ask under an agreement that both nations have signed.");
    }
    if (!agreement.inForce(day)) {
      return new Refused(
          reference.rule("validity"),
          "Agreement %s is valid from %s to %s."
              .formatted(reference, agreement.validFrom(), agreement.validUntil()),
          "Ask within the agreement's validity, or have it renewed.");
    }
    Optional<PurposeTerms> terms = agreement.terms(question.purpose());
    if (terms.isEmpty()) {
      return new Refused(
          reference.rule("purpose"),
          "Agreement " + reference + " does not have this purpose.",
          "Ask for one of its purposes: " + agreement.purposeNames() + ".");
    }
    return decide(reference, terms.get(), question);
  }

  private static Decision decide(
      AgreementReference reference, PurposeTerms terms, Question question) {
    String purpose = terms.purpose();
    if (!terms.admits(question.agency(), question.agencyClass())) {
      return new Refused(
          reference.rule(purpose, "agency"),
          "Neither this agency nor its class may ask for the purpose " + purpose + ".",
          "Have an agency ask that the agreement names for this purpose.");
    }
    if (!terms.kinds().contains(question.kind())) {
      return new Refused(
          reference.rule(purpose, "kind"),
          "The purpose %s does not allow the kind %s."
              .formatted(purpose, question.kind().wireName()),
          "Ask by a kind that the agreement has for this purpose.");
    }
    if (!terms.fields().containsAll(question.fields())) {
      var excess = new TreeSet<>(question.fields());
      excess.removeAll(terms.fields());
      return new Refused(
          reference.rule(purpose, "fields"),
          "The purpose %s does not allow: %s.".formatted(purpose, String.join(", ", excess)),
          "Leave these out and ask again.");
    }
    if (terms.consentRequired()) {
      return new Refused(
          reference.rule(purpose, "consent"),
          "The purpose " + purpose + " needs the person's consent, and none was shown.",
          "Obtain the person's consent first.");
    }
    return allow(reference, terms, question);
  }

  private static Allowed allow(
      AgreementReference reference, PurposeTerms terms, Question question) {
    return new Allowed(
        reference.rule(terms.purpose()),
        reference,
        legalBasis(terms, question),
        question.fields(),
        terms.visibilityDelay(),
        terms.retention(),
        terms.dailyQuota(),
        terms.ratePerSecond());
  }

  private static Map<String, String> legalBasis(PurposeTerms terms, Question question) {
    Map<String, String> basis = new TreeMap<>();
    basis.put(question.from(), terms.legalBasis().get(question.from()));
    basis.put(question.to(), terms.legalBasis().get(question.to()));
    return Map.copyOf(basis);
  }

  /** The refusal where two nations have no agreement at all. */
  static Refused noAgreement(Question question) {
    if (question.from().equals(question.to())) {
      return new Refused(
          "no-agreement",
          "This nation has no agreement with itself on what its agencies may ask its register.",
          "Ask the operator of this gateway to put one in force.");
    }
    return new Refused(
        "no-agreement",
        "There is no agreement between " + between(question) + ".",
        "Ask the operator of this gateway which nations it has agreements with.");
  }

  private static String between(Question question) {
    return question.from() + " and " + question.to();
  }
}
