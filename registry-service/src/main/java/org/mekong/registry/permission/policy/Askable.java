package org.mekong.registry.permission.policy;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mekong.registry.person.PersonField;

/** The names that a permission can give: fields of a person, statements, and who asked. */
public final class Askable {

  /** Stands in a field set for every field and statement that is not sensitive. */
  public static final String WILDCARD = "*";

  /** The list of who asked about a person; no wildcard holds it. */
  public static final String DISCLOSURES = "disclosures";

  /** The statements that can be verified. */
  public static final Set<String> STATEMENTS =
      Set.of(
          "alive",
          "age_over",
          "resident_of",
          "married",
          "single",
          "parent_of",
          "name_matches",
          "number_valid");

  /** Fields that are given only where they are named, by the question, its token and a rule. */
  public static final Set<String> SENSITIVE =
      Arrays.stream(PersonField.values())
          .filter(PersonField::isSensitive)
          .map(PersonField::code)
          .collect(Collectors.toUnmodifiableSet());

  /** What the wildcard stands for. */
  public static final Set<String> ORDINARY =
      Stream.concat(
              STATEMENTS.stream(),
              Arrays.stream(PersonField.values())
                  .filter(field -> !field.isSensitive())
                  .map(PersonField::code))
          .collect(Collectors.toUnmodifiableSet());

  private Askable() {}

  /** Whether a name can be asked for at all. */
  public static boolean isKnown(String name) {
    return ORDINARY.contains(name) || SENSITIVE.contains(name) || name.equals(DISCLOSURES);
  }
}
