package org.mekong.registry.permission.judgement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Grant;
import org.mekong.registry.permission.policy.Askable;
import org.mekong.registry.permission.policy.Policy;
import org.mekong.registry.permission.policy.Rule;
import org.mekong.registry.permission.policy.Terms;
import org.mekong.registry.purpose.Purpose;

/**
 * Judges questions. Forbidden by default: the purpose has to be known and in force, the token has
 * to grant and a rule of the register has to permit; where the two differ the stricter counts.
 */
public final class Judge {

  private static final String UNKNOWN = "purpose/unknown";

  private final Policy policy;
  private final Question question;
  private final Terms terms;
  private final List<Grant> covering;

  private Judge(Policy policy, Question question) {
    this.policy = policy;
    this.question = question;
    this.terms = policy.terms(question.asker(), question.kind(), question.purpose());
    this.covering = question.covering();
  }

  /** Judges a question by a policy. */
  public static Judgement judge(Policy policy, Question question) {
    Judge judge = new Judge(policy, question);
    Map<String, List<Check>> fields = new LinkedHashMap<>();
    question.fields().forEach(field -> fields.put(field, judge.field(field)));
    return new Judgement(judge.whole(), fields, judge.basis(), judge.delay());
  }

  private List<Check> whole() {
    List<Check> checks = new ArrayList<>();
    String rule = "purpose/" + question.purpose();
    Optional<Purpose> purpose = policy.purpose(question.purpose());
    // what nobody knows may be anything, a name for instance: it is not repeated in a problem
    checks.add(
        new Check(
            Concern.PURPOSE_KNOWN, purpose.isPresent(), purpose.isPresent() ? rule : UNKNOWN, ""));
    purpose.ifPresent(known -> of(known, rule, checks));
    if (question.grants() != null) {
      checks.add(new Check(Concern.TOKEN_GRANT, !covering.isEmpty(), grant(), ""));
      if (question.legalBasis() != null && !covering.isEmpty()) {
        checks.add(
            new Check(
                Concern.LEGAL_BASIS_AGREES, agreeing() != null, grant() + "/legal-basis", ""));
      }
    }
    if (terms.isEmpty()) {
      checks.add(new Check(Concern.REGISTER_RULE, false, permission(), ""));
    } else {
      checks.add(new Check(Concern.REGISTER_RULE, true, "permission/" + terms.firstCode(), ""));
      Rule needing = terms.needingBasis();
      if (needing != null) {
        String because = "permission/" + needing.code() + "/legal-basis";
        checks.add(new Check(Concern.LEGAL_BASIS, basis() != null, because, ""));
      }
    }
    return checks;
  }

  private void of(Purpose purpose, String rule, List<Check> checks) {
    checks.add(
        new Check(
            Concern.PURPOSE_IN_FORCE, purpose.isInForce(question.today()), rule + "/in-force", ""));
    if (!question.country().equals(question.nation())) {
      checks.add(
          new Check(Concern.ACROSS_BORDER, purpose.acrossBorder(), rule + "/across-border", ""));
    }
    if (!purpose.legalBases().isEmpty()) {
      checks.add(
          new Check(Concern.LEGAL_BASIS, purpose.admits(basis()), rule + "/legal-basis", ""));
    }
  }

  private List<Check> field(String field) {
    List<Check> checks = new ArrayList<>(3);
    if (question.grants() != null) {
      boolean granted = covering.stream().anyMatch(grant -> grant.fields().contains(field));
      checks.add(new Check(Concern.TOKEN_FIELD, granted, grant() + "/" + field, field));
    }
    Concern concern =
        Askable.SENSITIVE.contains(field) ? Concern.SENSITIVE_FIELD : Concern.REGISTER_FIELD;
    Rule permit = terms.permitting(field);
    String rule = permit == null ? permission() + "/" + field : "permission/" + permit.code();
    checks.add(new Check(concern, permit != null, rule, field));
    Rule limit = terms.withholding(field);
    if (limit != null) {
      checks.add(new Check(Concern.LIMIT, false, "permission/" + limit.code(), field));
    }
    return checks;
  }

  private String grant() {
    return "grant/" + question.purpose() + "/" + question.kind().code();
  }

  private String permission() {
    return "permission/" + question.purpose() + "/" + question.kind().code();
  }

  /** The basis of the token, or where it names none the question's own. */
  private @Nullable String basis() {
    Grant grant = agreeing();
    return grant == null || grant.legalBasis() == null ? question.legalBasis() : grant.legalBasis();
  }

  /** The first grant that the question's own legal basis does not contradict. */
  private @Nullable Grant agreeing() {
    String named = question.legalBasis();
    for (Grant grant : covering) {
      if (named == null || grant.legalBasis() == null || named.equals(grant.legalBasis())) {
        return grant;
      }
    }
    return null;
  }

  private Duration delay() {
    return terms.delay();
  }
}
