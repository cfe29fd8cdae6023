package org.mekong.registry.permission.policy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that are about somebody, a kind and a purpose, taken together. What is permitted adds
 * up; of everything that restricts the strictest holds: each limit is kept, a legal basis is needed
 * where one rule needs it, and the longest delay counts, whichever fields are asked for.
 */
public final class Terms {

  private final List<Named> permits;
  private final List<Named> limits;

  /** A rule with the sets that it names. */
  record Named(Rule rule, List<FieldSet> sets) {

    boolean holds(String field) {
      if (Askable.SENSITIVE.contains(field)) {
        return rule.sensitiveFields().contains(field);
      }
      for (FieldSet set : sets) {
        if (set.holds(field)) {
          return true;
        }
      }
      return false;
    }
  }

  Terms(List<Named> permits, List<Named> limits) {
    this.permits = permits;
    this.limits = limits;
  }

  /** Whether no rule permits anything. */
  public boolean isEmpty() {
    return permits.isEmpty();
  }

  /** The first rule that permits a field. */
  public @Nullable Rule permitting(String field) {
    for (Named permit : permits) {
      if (permit.holds(field)) {
        return permit.rule;
      }
    }
    return null;
  }

  /** The first rule that withholds a field, whatever permits it. */
  public @Nullable Rule withholding(String field) {
    for (Named limit : limits) {
      if (!limit.holds(field)) {
        return limit.rule;
      }
    }
    return null;
  }

  /** Whether a field is given. */
  public boolean gives(String field) {
    return permitting(field) != null && withholding(field) == null;
  }

  /** Those of some names that are given. */
  public List<String> given(Collection<String> fields) {
    return fields.stream().filter(this::gives).toList();
  }

  /** The first rule that needs a legal basis. */
  public @Nullable Rule needingBasis() {
    Rule permit = needingBasis(permits);
    return permit == null ? needingBasis(limits) : permit;
  }

  private static @Nullable Rule needingBasis(List<Named> rules) {
    for (Named named : rules) {
      if (named.rule.needsLegalBasis()) {
        return named.rule;
      }
    }
    return null;
  }

  /** How long the person does not see the disclosure. */
  public Duration delay() {
    return longest(permits, longest(limits, Duration.ZERO));
  }

  private static Duration longest(List<Named> rules, Duration least) {
    Duration longest = least;
    for (Named named : rules) {
      Duration delay = named.rule.visibilityDelay();
      longest = delay.compareTo(longest) > 0 ? delay : longest;
    }
    return longest;
  }

  /** The rule that permits something. */
  public String firstCode() {
    return permits.getFirst().rule.code();
  }
}
