package org.mekong.registry.permission.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mekong.registry.caller.CallerRole;
import org.mekong.registry.caller.Grant;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.permission.policy.Asker;
import org.mekong.registry.permission.policy.Effect;
import org.mekong.registry.permission.policy.FieldSet;
import org.mekong.registry.permission.policy.Policy;
import org.mekong.registry.permission.policy.Rule;
import org.mekong.registry.purpose.Purpose;

/** How rules, purposes and grants come together. */
class JudgeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final Rule.Who ANYBODY = new Rule.Who(null, null, null);
  private static final FieldSet IDENTITY = new FieldSet("identity", "x", Set.of("names", "sex"));
  private static final FieldSet ALL = new FieldSet("all", "x", Set.of("*"));

  @Test
  void nothingIsPermittedWithoutARule() {
    assertEquals("permission/trial/read", refusal(policy(), "names"));
    assertEquals(
        "permission/trial/read",
        refusal(policy(rule("other", new Rule.Who("la-x", null, null), "identity")), "names"));
    assertEquals(
        "permission/trial/read",
        refusal(
            policy(
                new Rule(
                    "verify-only",
                    "x",
                    Effect.PERMIT,
                    ANYBODY,
                    Set.of(Kind.VERIFY),
                    "trial",
                    List.of("identity"),
                    Set.of(),
                    false,
                    Duration.ZERO)),
            "names"));
  }

  @Test
  void whatIsPermittedAddsUp() {
    Policy policy =
        policy(
            rule("anybody", ANYBODY, "identity"),
            rule("class", new Rule.Who(null, "court", null), "all"));
    assertEquals("", refusal(policy, "names", "spouse"));
    Judgement other = judge(policy, asker("school"), null, "names", "spouse");
    assertTrue(other.gives("names"));
    assertFalse(other.gives("spouse"));
  }

  @Test
  void eachLimitIsKeptWhateverPermits() {
    Policy policy =
        policy(
            rule("anybody", ANYBODY, "all"),
            limit("few", new Rule.Who("vn-x", null, null), "identity"),
            limit("none", new Rule.Who(null, "school", null)));
    assertEquals("permission/few", refusal(policy, "names", "spouse"));
    assertEquals("", refusal(policy, "names", "sex"));
    assertFalse(judge(policy, asker("school"), null, "names").gives("names"));
  }

  @Test
  void noWildcardHoldsASensitiveField() {
    Policy wide = policy(rule("wide", ANYBODY, "all"));
    assertEquals("permission/trial/read/religion", refusal(wide, "religion"));
    assertEquals("", refusal(policy(sensitive("named", "religion")), "religion"));
    assertEquals(
        "permission/trial/read/ethnicity",
        refusal(policy(sensitive("named", "religion")), "ethnicity"));
    assertEquals("permission/trial/read/disclosures", refusal(wide, "disclosures"));
  }

  @Test
  void theStricterOfTokenAndRegisterCounts() {
    Policy policy = policy(rule("some", ANYBODY, "identity"));
    Question question = question(asker("court"), null, List.of("names", "sex", "spouse"));
    Question narrow =
        new Question(
            question.kind(),
            question.purpose(),
            question.fields(),
            question.asker(),
            List.of(grant(null, "names", "spouse")),
            null,
            "VN",
            "VN",
            TODAY);
    Judgement judgement = Judge.judge(policy, narrow);
    assertTrue(judgement.gives("names"));
    assertFalse(judgement.gives("sex"), "the token does not grant it");
    assertFalse(judgement.gives("spouse"), "the register does not permit it");
  }

  @Test
  void aPurposeIsForItsDays() {
    for (String[] days :
        new String[][] {
          {"2026-11-23", null, "purpose/trial/in-force"},
          {null, "2026-11-21", "purpose/trial/in-force"},
          {"2026-11-22", "2026-11-22", ""},
          {null, null, ""},
        }) {
      Purpose purpose = new Purpose("trial", "x", List.of(), day(days[0]), day(days[1]), false);
      assertEquals(days[2], refusal(policy(purpose, rule("some", ANYBODY, "identity")), "names"));
    }
  }

  @Test
  void aPurposeOfThisNationAloneStaysInIt() {
    Policy policy = policy(rule("some", ANYBODY, "identity"));
    Question abroad =
        new Question(
            Kind.READ,
            "trial",
            List.of("names"),
            new Asker("la-office", null, Set.of(CallerRole.GATEWAY)),
            null,
            null,
            "VN",
            "LA",
            TODAY);
    assertEquals("purpose/trial/across-border", refusal(Judge.judge(policy, abroad)));
  }

  @Test
  void aLegalBasisIsNeededWhereOneRuleNeedsIt() {
    Rule strict =
        new Rule(
            "strict",
            "x",
            Effect.PERMIT,
            ANYBODY,
            Set.of(),
            "trial",
            List.of("identity"),
            Set.of(),
            true,
            Duration.ofDays(90));
    Policy policy = policy(rule("lax", ANYBODY, "identity"), strict);
    assertEquals("permission/strict/legal-basis", refusal(policy, "names"));
    Judgement named = judge(policy, asker("court"), "Law 7", "names");
    assertEquals("", refusal(named));
    assertEquals("Law 7", named.legalBasis());
    assertEquals(Duration.ofDays(90), named.delay());
  }

  @Test
  void aPurposeAdmitsItsLegalBasesAlone() {
    Purpose purpose = new Purpose("trial", "x", List.of("Law 7"), null, null, false);
    Policy policy = policy(purpose, rule("some", ANYBODY, "identity"));
    assertEquals("purpose/trial/legal-basis", refusal(policy, "names"));
    assertEquals(
        "purpose/trial/legal-basis", refusal(judge(policy, asker("court"), "Law 8", "names")));
    assertEquals("", refusal(judge(policy, asker("court"), "Law 7", "names")));
  }

  @Test
  void theQuestionsBasisDoesNotContradictTheTokens() {
    Policy policy = policy(rule("some", ANYBODY, "identity"));
    Question asked = question(asker("court"), "Law 8", List.of("names"));
    Question contradicting =
        new Question(
            asked.kind(),
            asked.purpose(),
            asked.fields(),
            asked.asker(),
            List.of(grant("Law 7", "names")),
            "Law 8",
            "VN",
            "VN",
            TODAY);
    assertEquals("grant/trial/read/legal-basis", refusal(Judge.judge(policy, contradicting)));
  }

  @Test
  void nobodysPurposeIsNotRepeated() {
    Question question =
        new Question(
            Kind.READ,
            "Nguyễn Thị Hoa",
            List.of("names"),
            asker("court"),
            List.of(),
            null,
            "VN",
            "VN",
            TODAY);
    HttpProblem problem =
        assertThrows(HttpProblem.class, () -> Judge.judge(policy(), question).refuse());
    assertEquals(400, problem.getStatusCode());
    assertFalse((problem.getDetail() + problem.getParameters()).contains("Hoa"));
  }

  private static Policy policy(Rule... rules) {
    return policy(new Purpose("trial", "x", List.of(), null, null, false), rules);
  }

  private static Policy policy(Purpose purpose, Rule... rules) {
    return new Policy(List.of(purpose), List.of(IDENTITY, ALL), List.of(rules));
  }

  private static Rule rule(String code, Rule.Who who, String... sets) {
    return rule(code, Effect.PERMIT, who, Set.of(), sets);
  }

  private static Rule limit(String code, Rule.Who who, String... sets) {
    return rule(code, Effect.LIMIT, who, Set.of(), sets);
  }

  private static Rule sensitive(String code, String field) {
    return rule(code, Effect.PERMIT, ANYBODY, Set.of(field));
  }

  private static Rule rule(
      String code, Effect effect, Rule.Who who, Set<String> sensitive, String... sets) {
    return new Rule(
        code, "x", effect, who, Set.of(), "trial", List.of(sets), sensitive, false, Duration.ZERO);
  }

  private static Asker asker(String agencyClass) {
    return new Asker("vn-x", agencyClass, Set.of(CallerRole.AGENCY));
  }

  private static Grant grant(@Nullable String basis, String... fields) {
    return new Grant("trial", basis, Set.of(), Set.of("read"), Set.of(fields));
  }

  private static Question question(Asker asker, @Nullable String basis, List<String> fields) {
    return new Question(
        Kind.READ,
        "trial",
        fields,
        asker,
        List.of(grant(null, fields.toArray(String[]::new))),
        basis,
        "VN",
        "VN",
        TODAY);
  }

  private static Judgement judge(
      Policy policy, Asker asker, @Nullable String basis, String... fields) {
    return Judge.judge(policy, question(asker, basis, List.of(fields)));
  }

  private static String refusal(Policy policy, String... fields) {
    return refusal(judge(policy, asker("court"), null, fields));
  }

  /** The rule that refuses; empty when none does. */
  private static String refusal(Judgement judgement) {
    try {
      judgement.refuse();
      return "";
    } catch (HttpProblem problem) {
      return String.valueOf(problem.getParameters().get("rule"));
    }
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    return text == null ? null : LocalDate.parse(text);
  }
}
