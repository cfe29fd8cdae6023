package org.mekong.registry.permission.judgement;

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

  private static final String PERMISSION = "permission";
  private static final String BASIS = "legal-basis";

  private final Policy policy;
  private final Question question;
  private final Terms terms;
  private final List<Grant> covering;
  private final String grant;
  private final String permission;

  private Judge(Policy policy, Question question) {
    this.policy = policy;
    this.question = question;
    this.terms = policy.terms(question.asker(), question.kind(), question.purpose());
    this.covering = question.covering();
    String asked = question.purpose() + '/' + question.kind().code();
    this.grant = "grant/" + asked;
    this.permission = PERMISSION + '/' + asked;
  }

  /** Judges a question by a policy. */
  public static Judgement judge(Policy policy, Question question) {
    Judge judge = new Judge(policy, question);
    Map<String, List<Check>> fields = new LinkedHashMap<>();
    for (String field : question.fields()) {
      fields.put(field, judge.field(field));
    }
    return new Judgement(judge.whole(), fields, judge.basis(), judge.terms.delay());
  }

  private List<Check> whole() {
    List<Check> checks = new ArrayList<>(6);
    Optional<Purpose> purpose = policy.purpose(question.purpose());
    if (purpose.isPresent()) {
      of(purpose.get(), "purpose/" + question.purpose(), checks);
    } else {
      // what nobody knows may be anything, a name for instance: it is not repeated in a problem
      checks.add(Check.of(Concern.PURPOSE_KNOWN, false, "purpose/unknown", ""));
    }
    if (question.grants() != null) {
      checks.add(Check.of(Concern.TOKEN_GRANT, !covering.isEmpty(), grant, ""));
      if (question.legalBasis() != null && !covering.isEmpty()) {
        checks.add(Check.of(Concern.LEGAL_BASIS_AGREES, agreeing() != null, grant, BASIS));
      }
    }
    if (terms.isEmpty()) {
      checks.add(Check.of(Concern.REGISTER_RULE, false, permission, ""));
    } else {
      checks.add(Check.of(Concern.REGISTER_RULE, true, PERMISSION, terms.firstCode()));
      Rule needing = terms.needingBasis();
      if (needing != null) {
        String rule = PERMISSION + '/' + needing.code();
        checks.add(Check.of(Concern.LEGAL_BASIS, basis() != null, rule, BASIS));
      }
    }
    return checks;
  }

  private void of(Purpose purpose, String rule, List<Check> checks) {
    checks.add(Check.of(Concern.PURPOSE_KNOWN, true, rule, ""));
    boolean inForce = purpose.isInForce(question.today());
    checks.add(Check.of(Concern.PURPOSE_IN_FORCE, inForce, rule, "in-force"));
    if (!question.country().equals(question.nation())) {
      checks.add(Check.of(Concern.ACROSS_BORDER, purpose.acrossBorder(), rule, "across-border"));
    }
    if (!purpose.legalBases().isEmpty()) {
      checks.add(Check.of(Concern.LEGAL_BASIS, purpose.admits(basis()), rule, BASIS));
    }
  }

  private List<Check> field(String field) {
    List<Check> checks = new ArrayList<>(3);
    if (question.grants() != null) {
      checks.add(new Check(Concern.TOKEN_FIELD, isGranted(field), grant, field, field));
    }
    Concern concern =
        Askable.SENSITIVE.contains(field) ? Concern.SENSITIVE_FIELD : Concern.REGISTER_FIELD;
    Rule permit = terms.permitting(field);
    checks.add(
        permit == null
            ? new Check(concern, false, permission, field, field)
            : new Check(concern, true, PERMISSION, permit.code(), field));
    Rule limit = terms.withholding(field);
    if (limit != null) {
      checks.add(new Check(Concern.LIMIT, false, PERMISSION, limit.code(), field));
    }
    return checks;
  }

  private boolean isGranted(String field) {
    for (Grant each : covering) {
      if (each.fields().contains(field)) {
        return true;
      }
    }
    return false;
  }

  /** The basis of the token, or where it names none the question's own. */
  private @Nullable String basis() {
    Grant grant = agreeing();
    return grant == null || grant.legalBasis() == null ? question.legalBasis() : grant.legalBasis();
  }

  /** The first grant that the question's own legal basis does not contradict. */
  private @Nullable Grant agreeing() {
    String named = question.legalBasis();
    for (Grant each : covering) {
      if (named == null || each.legalBasis() == null || named.equals(each.legalBasis())) {
        return each;
      }
    }
    return null;
  }
}
