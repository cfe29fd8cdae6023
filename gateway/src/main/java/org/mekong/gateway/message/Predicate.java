package org.mekong.gateway.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement to be verified, with the one argument that some need.
 *
 * @param name such as {@code age_over}
 * @param years for {@code age_over}: 0 to 150
 * @param province for {@code resident_of}: code of a province
 * @param personalNumber for {@code parent_of}: the child's number
 * @param names for {@code name_matches}: the full name, however it is spelled
 */
@JsonInclude(Include.NON_NULL)
public record Predicate(
    String name,
    @Nullable Integer years,
    @Nullable String province,
    @Nullable String personalNumber,
    @Nullable String names) {

  private static final Pattern NAME = Pattern.compile("[a-z]+(_[a-z]+){0,5}");
  private static final int LONGEST_TEXT = 200;
  private static final int OLDEST = 150;

  public Predicate {
    if (name == null || name.length() > 64 || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("predicates: a name holds lower case letters and _");
    }
    argument(name, "age_over", "years", years);
    argument(name, "resident_of", "province", province);
    argument(name, "parent_of", "personalNumber", personalNumber);
    argument(name, "name_matches", "names", names);
    if (years != null && (years < 0 || years > OLDEST)) {
      throw new IllegalArgumentException("predicates: years lie between 0 and " + OLDEST);
    }
    text(province);
    if (personalNumber != null) {
      Subject.checkNumber(personalNumber);
    }
    text(names);
  }

  /** A predicate that needs no argument. */
  public static Predicate of(String name) {
    return new Predicate(name, null, null, null, null);
  }

  private static void argument(String name, String owner, String argument, @Nullable Object value) {
    if (name.equals(owner) != (value != null)) {
      throw new IllegalArgumentException(
          "predicates: " + owner + ", and it alone, has the argument " + argument);
    }
  }

  private static void text(@Nullable String value) {
    if (value != null && (value.isBlank() || value.length() > LONGEST_TEXT)) {
      throw new IllegalArgumentException(
          "predicates: a text holds 1 to " + LONGEST_TEXT + " characters");
    }
  }

  /** Names the predicate alone: its argument may be personal data. */
  @Override
  public String toString() {
    return "Predicate[" + name + "]";
  }
}
