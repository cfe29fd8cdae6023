package org.mekong.registry.permission.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.purpose.Purpose;

/** All purposes, field sets and rules of one moment. Immutable; asked in memory alone. */
public final class Policy {

  private final Map<String, Purpose> purposes = new HashMap<>();
  private final Map<String, FieldSet> fieldSets = new HashMap<>();
  private final Map<String, List<Terms.Named>> rules = new HashMap<>();

  /** The policy made of these. A rule that names a set that is not there gives nothing of it. */
  public Policy(
      Collection<Purpose> purposes, Collection<FieldSet> fieldSets, Collection<Rule> rules) {
    purposes.forEach(purpose -> this.purposes.put(purpose.code(), purpose));
    fieldSets.forEach(set -> this.fieldSets.put(set.code(), set));
    for (Rule rule : rules) {
      List<FieldSet> sets =
          rule.fieldSets().stream().map(this.fieldSets::get).filter(Objects::nonNull).toList();
      this.rules
          .computeIfAbsent(rule.purpose(), any -> new ArrayList<>())
          .add(new Terms.Named(rule, sets));
    }
  }

  /** The purpose of a code. */
  public Optional<Purpose> purpose(String code) {
    return Optional.ofNullable(purposes.get(code));
  }

  /** Whether there is a field set of a code. */
  public boolean hasFieldSet(String code) {
    return fieldSets.containsKey(code);
  }

  /** The rules that name a field set. */
  public List<String> naming(String fieldSet) {
    return rules.values().stream()
        .flatMap(List::stream)
        .map(Terms.Named::rule)
        .filter(rule -> rule.fieldSets().contains(fieldSet))
        .map(Rule::code)
        .sorted()
        .toList();
  }

  /** What the rules say on somebody, a kind of question and a purpose. */
  public Terms terms(Asker asker, Kind kind, String purpose) {
    List<Terms.Named> permits = new ArrayList<>();
    List<Terms.Named> limits = new ArrayList<>();
    for (Terms.Named named : rules.getOrDefault(purpose, List.of())) {
      if (named.rule().isAbout(asker, kind)) {
        (named.rule().effect() == Effect.PERMIT ? permits : limits).add(named);
      }
    }
    return new Terms(permits, limits);
  }
}
