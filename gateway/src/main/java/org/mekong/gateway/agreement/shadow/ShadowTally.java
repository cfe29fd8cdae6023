package org.mekong.gateway.agreement.shadow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.agreement.Decision.Allowed;
import org.mekong.gateway.agreement.Question;

/**
 * Counts in memory, on the path of lookups, what a version in shadow would have changed. Bounded:
 * what strangers name freely is counted under {@value #OTHER} beyond {@value #MOST} rows. Safe for
 * many threads.
 */
public final class ShadowTally {

  /** Where what is not counted by its own name is counted. */
  static final String OTHER = "other";

  private static final int MOST = 1_000;

  private final Map<Row, LongAdder> rows = new ConcurrentHashMap<>();

  /** What is counted: who asked whom, why and how, and by which rules; nobody about whom. */
  record Row(
      AgreementReference shadow,
      String from,
      String to,
      String purpose,
      String agencyClass,
      String kind,
      String rule,
      String shadowRule,
      Effect effect) {

    private Row anonymous() {
      return new Row(shadow, from, to, OTHER, OTHER, kind, OTHER, OTHER, effect);
    }
  }

  /** A row with how often it was seen. */
  record Counted(Row row, long count) {}

  /** Counts one decision. */
  public void count(Question question, Decision decision, Decision shadow) {
    Row row =
        new Row(
            reference(shadow),
            question.from(),
            question.to(),
            question.purpose(),
            question.agencyClass(),
            question.kind().wireName(),
            decision.rule(),
            shadow.rule(),
            effect(decision, shadow));
    LongAdder adder = rows.get(row);
    if (adder == null) {
      adder =
          rows.computeIfAbsent(
              rows.size() < MOST ? row : row.anonymous(), ignored -> new LongAdder());
    }
    adder.increment();
  }

  /** What was counted since the last time. */
  List<Counted> drain() {
    var counted = new ArrayList<Counted>();
    rows.forEach(
        (row, adder) -> {
          long count = adder.sumThenReset();
          if (count > 0) {
            counted.add(new Counted(row, count));
          }
        });
    counted.sort(Comparator.comparing(each -> each.row().toString())); // replicas lock alike
    return counted;
  }

  /** Puts back what could not be written. */
  void restore(List<Counted> counted) {
    counted.forEach(
        each -> rows.computeIfAbsent(each.row(), ignored -> new LongAdder()).add(each.count()));
  }

  private static Effect effect(Decision decision, Decision shadow) {
    return switch (decision) {
      case Allowed allowed ->
          switch (shadow) {
            case Allowed other -> sameTerms(allowed, other) ? Effect.NONE : Effect.OTHER_TERMS;
            case Decision.Refused ignored -> Effect.CLOSES;
          };
      case Decision.Refused refused ->
          switch (shadow) {
            case Allowed ignored -> Effect.OPENS;
            case Decision.Refused other ->
                withoutVersion(refused.rule()).equals(withoutVersion(other.rule()))
                    ? Effect.NONE
                    : Effect.OTHER_RULE;
          };
    };
  }

  private static boolean sameTerms(Allowed one, Allowed other) {
    return one.legalBasis().equals(other.legalBasis())
        && one.visibilityDelay().equals(other.visibilityDelay())
        && one.retention().equals(other.retention())
        && one.dailyQuota() == other.dailyQuota()
        && one.ratePerSecond() == other.ratePerSecond();
  }

  /** {@code vn-la/2/marriage/fields} without the version in the middle. */
  private static String withoutVersion(String rule) {
    return rule.replaceFirst("/[0-9]+(/|$)", "/");
  }

  private static AgreementReference reference(Decision decision) {
    String[] parts = decision.rule().split("/", 3);
    return new AgreementReference(parts[0], Integer.parseInt(parts[1]));
  }
}
