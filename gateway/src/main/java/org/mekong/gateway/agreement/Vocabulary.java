package org.mekong.gateway.agreement;

import java.util.Set;

/** The predicates and fields that agreements may name; the names are those of the registers. */
public final class Vocabulary {

  /** What the kind {@code verify} can ask. */
  public static final Set<String> PREDICATES =
      Set.of(
          "alive",
          "age_over",
          "married",
          "single",
          "resident_of",
          "parent_of",
          "name_matches",
          "number_valid");

  /** What the kinds {@code read}, {@code match} and {@code search} can ask, and ask by. */
  public static final Set<String> FIELDS =
      Set.of(
          "names",
          "personal_number",
          "earlier_numbers",
          "date_of_birth",
          "sex",
          "place_of_birth",
          "place_of_birth_registration",
          "hometown",
          "ethnicity",
          "religion",
          "nationalities",
          "blood_group",
          "marital_status",
          "parents",
          "spouse",
          "children",
          "permanent_residence",
          "temporary_residence",
          "current_abode",
          "household",
          "life_status",
          "photo_reference",
          "contact");

  private Vocabulary() {}

  /** The names that a kind of lookup can ask. */
  public static Set<String> of(LookupKind kind) {
    return switch (kind) {
      case VERIFY -> PREDICATES;
      case READ, MATCH, SEARCH -> FIELDS;
    };
  }
}
