package org.mekong.registry.permission.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerRole;
import org.mekong.registry.caller.Grant;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.permission.policy.Askable;
import org.mekong.registry.permission.policy.Asker;
import org.mekong.registry.permission.policy.Effect;
import org.mekong.registry.permission.policy.FieldSet;
import org.mekong.registry.permission.policy.Policy;
import org.mekong.registry.permission.policy.Rule;
import org.mekong.registry.purpose.Purpose;

/** What holds of every policy and every question. */
class JudgeProperties {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final List<FieldSet> SETS =
      List.of(
          new FieldSet("names", "x", Set.of("names")),
          new FieldSet("both", "x", Set.of("names", "sex")),
          new FieldSet("all", "x", Set.of("*")));
  private static final List<String> FIELDS = List.of("names", "sex", "spouse", "religion");

  @Provide
  Arbitrary<Rule> rules() {
    Arbitrary<Rule.Who> who =
        Combinators.combine(
                Arbitraries.of("vn-a", "vn-b").injectNull(0.6),
                Arbitraries.of("court", "police").injectNull(0.6),
                Arbitraries.of(CallerRole.class).injectNull(0.6))
            .as(Rule.Who::new);
    return Combinators.combine(
            Arbitraries.of(Effect.class),
            who,
            Arbitraries.of(Kind.class).set().ofMaxSize(2),
            Arbitraries.of("names", "both", "all").list().uniqueElements().ofMaxSize(2),
            Arbitraries.of("religion", "ethnicity").set().ofMaxSize(1),
            Arbitraries.of(true, false, false),
            Arbitraries.integers().between(0, 3))
        .as(
            (effect, about, kinds, sets, sensitive, basis, days) ->
                new Rule(
                    "rule",
                    "x",
                    effect,
                    about,
                    kinds,
                    "trial",
                    sets,
                    sensitive,
                    basis,
                    Duration.ofDays(days)));
  }

  @Provide
  Arbitrary<Question> questions() {
    Arbitrary<Set<CallerRole>> roles = Arbitraries.of(CallerRole.class).map(CallerRole::all);
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.of("vn-a", "vn-b"),
            Arbitraries.of("court", "police").injectNull(0.3),
            roles,
            Arbitraries.of(FIELDS).set().ofMaxSize(4),
            Arbitraries.of("Law 7").injectNull(0.5))
        .as(
            (kind, agency, agencyClass, role, granted, basis) ->
                new Question(
                    kind,
                    "trial",
                    FIELDS,
                    new Asker(agency, agencyClass, role),
                    List.of(new Grant("trial", null, Set.of(), Set.of(kind.code()), granted)),
                    basis,
                    "VN",
                    "VN",
                    TODAY));
  }

  /** Against the rules as the decision states them, written down a second time. */
  @Property
  void aFieldIsGivenWhereTokenAndRulesAllowAndNothingIsMissing(
      @ForAll("rules") Rule one, @ForAll("rules") Rule two, @ForAll("questions") Question asked) {
    List<Rule> about = List.of(one, two).stream().filter(rule -> isAbout(rule, asked)).toList();
    boolean open =
        about.stream().anyMatch(rule -> rule.effect() == Effect.PERMIT)
            && (asked.legalBasis() != null || about.stream().noneMatch(Rule::needsLegalBasis));
    Judgement judgement = judge(List.of(one, two), asked);
    assertEquals(open, judgement.isOpen());
    for (String field : FIELDS) {
      boolean permitted =
          about.stream().anyMatch(rule -> rule.effect() == Effect.PERMIT && names(rule, field));
      boolean kept =
          about.stream().allMatch(rule -> rule.effect() == Effect.PERMIT || names(rule, field));
      boolean granted = asked.covering().getFirst().fields().contains(field);
      assertEquals(open && permitted && kept && granted, judgement.gives(field), field);
    }
  }

  @Property
  void oneMoreLimitGivesNothingMoreAndHidesForNoShorterTime(
      @ForAll("rules") Rule one, @ForAll("rules") Rule more, @ForAll("questions") Question asked) {
    Rule limit =
        new Rule(
            "limit",
            "x",
            Effect.LIMIT,
            more.who(),
            more.kinds(),
            "trial",
            more.fieldSets(),
            more.sensitiveFields(),
            more.needsLegalBasis(),
            more.visibilityDelay());
    Judgement before = judge(List.of(one), asked);
    Judgement after = judge(List.of(one, limit), asked);
    for (String field : FIELDS) {
      assertTrue(before.gives(field) || !after.gives(field), field);
    }
    assertTrue(after.delay().compareTo(before.delay()) >= 0);
  }

  @Property
  void theOrderOfRulesMakesNoDifference(
      @ForAll("rules") Rule one, @ForAll("rules") Rule two, @ForAll("questions") Question asked) {
    Judgement forth = judge(List.of(one, two), asked);
    Judgement back = judge(List.of(two, one), asked);
    FIELDS.forEach(field -> assertEquals(forth.gives(field), back.gives(field)));
    assertEquals(forth.delay(), back.delay());
  }

  @Property
  void whatRefusesIsWhatIsExplained(
      @ForAll("rules") Rule one, @ForAll("rules") Rule two, @ForAll("questions") Question asked) {
    Judgement judgement = judge(List.of(one, two), asked);
    List<Check> failed = new ArrayList<>(judgement.checks());
    judgement.fields().values().forEach(failed::addAll);
    failed.removeIf(Check::granted);
    assertEquals(failed.isEmpty() ? null : failed.getFirst().rule(), refusal(judgement));
  }

  private static Judgement judge(List<Rule> rules, Question asked) {
    Purpose purpose = new Purpose("trial", "x", List.of(), null, null, false);
    return Judge.judge(new Policy(List.of(purpose), SETS, rules), asked);
  }

  private static boolean isAbout(Rule rule, Question asked) {
    Rule.Who who = rule.who();
    return (rule.kinds().isEmpty() || rule.kinds().contains(asked.kind()))
        && (who.agency() == null || who.agency().equals(asked.asker().agency()))
        && (who.agencyClass() == null || who.agencyClass().equals(asked.asker().agencyClass()))
        && (who.role() == null || asked.asker().roles().contains(who.role()));
  }

  private static boolean names(Rule rule, String field) {
    if (Askable.SENSITIVE.contains(field)) {
      return rule.sensitiveFields().contains(field);
    }
    return rule.fieldSets().contains("all")
        || (rule.fieldSets().contains("both") && !field.equals("spouse"))
        || (rule.fieldSets().contains("names") && field.equals("names"));
  }

  private static @Nullable Object refusal(Judgement judgement) {
    try {
      judgement.refuse();
      return null;
    } catch (HttpProblem problem) {
      return problem.getParameters().get("rule");
    }
  }
}
