package org.mekong.registry.permission.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerRole;
import org.mekong.registry.caller.Kind;

/**
 * A rule: who may ask what of which kind for which purpose. Immutable.
 *
 * @param who whom it is about
 * @param kinds of question; every kind when there are none
 * @param fieldSets codes of field sets
 * @param sensitiveFields the sensitive fields that it names; no set holds one
 * @param needsLegalBasis whether the question has to name a legal basis
 * @param visibilityDelay how long the person does not see the disclosure
 */
public record Rule(
    String code,
    String description,
    Effect effect,
    Who who,
    Set<Kind> kinds,
    String purpose,
    List<String> fieldSets,
    Set<String> sensitiveFields,
    boolean needsLegalBasis,
    Duration visibilityDelay) {

  public Rule {
    kinds = Set.copyOf(kinds);
    fieldSets = List.copyOf(fieldSets);
    sensitiveFields = Set.copyOf(sensitiveFields);
  }

  /** Whom a rule is about; what is absent is anybody's. */
  public record Who(
      @Nullable String agency, @Nullable String agencyClass, @Nullable CallerRole role) {

    boolean isMet(Asker asker) {
      return (agency == null || agency.equals(asker.agency()))
          && (agencyClass == null || agencyClass.equals(asker.agencyClass()))
          && (role == null || asker.roles().contains(role));
    }
  }

  boolean isAbout(Asker asker, Kind kind) {
    return (kinds.isEmpty() || kinds.contains(kind)) && who.isMet(asker);
  }
}
