package org.mekong.registry.matching.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.Comparison.Finding;
import org.mekong.registry.matching.compare.Traits.Home;
import org.mekong.registry.matching.compare.Traits.Parent;
import org.mekong.registry.matching.rule.Limit;
import org.mekong.registry.matching.rule.MatchField;
import org.mekong.registry.matching.rule.Outcome;
import org.mekong.registry.matching.rule.RuleSet;

/**
 * Scores pairs by rules, after I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage",
 * Journal of the American Statistical Association 64 (1969): a level of agreement is worth the
 * logarithm of how much more often it is seen in pairs that are one person than in pairs that are
 * two. Symmetric, pure and thread-safe.
 */
public record Comparer(RuleSet rules) {

  private static final String SAME = "same";
  private static final String DIFFERENT = "different";

  /** Compares two persons. */
  public Comparison compare(Traits one, Traits other) {
    List<Finding> findings = new ArrayList<>(NameComparison.compare(rules, one, other));
    add(
        MatchField.DATE_OF_BIRTH,
        DateComparison.level(one.dateOfBirth(), other.dateOfBirth()),
        findings);
    add(MatchField.SEX, sex(one, other), findings);
    add(
        MatchField.PLACE_OF_BIRTH_REGISTRATION,
        one.birthRegistration().equals(other.birthRegistration()) ? SAME : DIFFERENT,
        findings);
    add(MatchField.PARENTS, parents(one, other), findings);
    add(MatchField.RESIDENCE, residence(one.residence(), other.residence()), findings);
    add(MatchField.CONTACT, contact(one, other), findings);
    add(
        MatchField.NUMBERS,
        Collections.disjoint(one.numbers(), other.numbers()) ? MatchField.MISSING : "shared",
        findings);
    double score = 0;
    for (Finding finding : findings) {
      score += finding.weight();
    }
    return judge(Math.round(score * 100) / 100.0, findings);
  }

  private Comparison judge(double score, List<Finding> findings) {
    Outcome outcome = rules.outcome(score);
    Limit limiting = null;
    for (Limit limit : rules.limits()) {
      if (limit.atMost().compareTo(outcome) < 0 && findings.stream().anyMatch(f -> hit(limit, f))) {
        outcome = limit.atMost();
        limiting = limit;
      }
    }
    return new Comparison(score, outcome, findings, limiting);
  }

  private static boolean hit(Limit limit, Finding finding) {
    return finding.field() == limit.field() && finding.level().equals(limit.level());
  }

  private void add(MatchField field, String level, List<Finding> findings) {
    if (rules.weights().containsKey(field)) {
      findings.add(new Finding(field, level, rules.weight(field, level)));
    }
  }

  private static String sex(Traits one, Traits other) {
    if (!one.sex().isTold() || !other.sex().isTold()) {
      return MatchField.MISSING;
    }
    return one.sex() == other.sex() ? SAME : DIFFERENT;
  }

  private static String parents(Traits one, Traits other) {
    Boolean mother = isSame(one.mother(), other.mother());
    Boolean father = isSame(one.father(), other.father());
    if (mother == null && father == null) {
      return MatchField.MISSING;
    }
    boolean both = Boolean.TRUE.equals(mother) && Boolean.TRUE.equals(father);
    boolean any = Boolean.TRUE.equals(mother) || Boolean.TRUE.equals(father);
    return both ? "both" : any ? "one" : DIFFERENT;
  }

  /** Whether two parents are one; unknown where one is a key of the register and one a name. */
  private static @Nullable Boolean isSame(@Nullable Parent one, @Nullable Parent other) {
    if (one == null || other == null) {
      return null;
    }
    if (one.id() != null && other.id() != null) {
      return one.id().equals(other.id());
    }
    String sound = one.sound();
    String against = other.sound();
    if (sound == null || against == null) {
      return null;
    }
    return sound.equals(against) || Closeness.isClose(sound, against);
  }

  private static String residence(@Nullable Home one, @Nullable Home other) {
    if (one == null || other == null) {
      return MatchField.MISSING;
    }
    if (!one.country().equals(other.country())) {
      return DIFFERENT;
    }
    if (one.province() == null || other.province() == null) {
      return MatchField.MISSING;
    }
    if (!Objects.equals(one.province(), other.province())) {
      return DIFFERENT;
    }
    String text = one.text();
    return text != null && text.equals(other.text()) ? "same_place" : "same_province";
  }

  private static String contact(Traits one, Traits other) {
    boolean phones = one.phone() != null && other.phone() != null;
    boolean mails = one.email() != null && other.email() != null;
    if (!phones && !mails) {
      return MatchField.MISSING;
    }
    boolean same =
        (phones && Objects.equals(one.phone(), other.phone()))
            || (mails && Objects.equals(one.email(), other.email()));
    return same ? SAME : DIFFERENT;
  }
}
