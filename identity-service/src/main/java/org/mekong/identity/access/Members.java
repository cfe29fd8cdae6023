package org.mekong.identity.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the members of a request one by one and says at the end which are not acceptable and why,
 * all of them at once.
 */
public final class Members {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
  private final List<Fault> faults = new ArrayList<>();

  /**
   * A member that is not acceptable.
   *
   * @param member its name
   * @param reason what it must be
   */
  public record Fault(String member, String reason) {}

  /** Adds a fault unless the condition holds. */
  public Members require(boolean condition, String member, String reason) {
    if (!condition) {
      faults.add(new Fault(member, reason));
    }
    return this;
  }

  /** A text of a length, without control characters. */
  public Members text(String member, @Nullable String value, int shortest, int longest) {
    return require(
        value != null
            && value.length() >= shortest
            && value.length() <= longest
            && !CONTROL.matcher(value).find()
            && (shortest == 0 || !value.isBlank()),
        member,
        "a text of " + shortest + " to " + longest + " characters");
  }

  /** A text of a form. */
  public Members form(String member, @Nullable String value, Pattern form) {
    return require(
        value != null && form.matcher(value).matches(), member, "must match " + form.pattern());
  }

  /** A list without null and without repetition. */
  public Members list(String member, @Nullable Collection<?> values, int fewest, int most) {
    return require(
        values != null
            && values.size() >= fewest
            && values.size() <= most
            && values.stream().allMatch(Objects::nonNull)
            && values.stream().distinct().count() == values.size(),
        member,
        "a list of " + fewest + " to " + most + " different items");
  }

  /** Throws a problem naming every fault, when there is one. */
  public void check() {
    if (!faults.isEmpty()) {
      throw Problem.INVALID_CONTENT
          .builder("Not acceptable: " + String.join(", ", names()) + ".")
          .with("faults", List.copyOf(faults))
          .build();
    }
  }

  /** Whether no fault was found so far: what depends on it may be looked at. */
  public boolean good() {
    return faults.isEmpty();
  }

  private List<String> names() {
    return faults.stream().map(Fault::member).distinct().toList();
  }
}
