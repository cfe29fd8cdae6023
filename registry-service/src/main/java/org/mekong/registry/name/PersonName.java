package org.mekong.registry.name;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One name of a person in one script. A Lao person may have no family name, a Vietnamese person
 * always has one; every name has a given part.
 *
 * @param family family name, absent where the person bears none
 * @param middle middle names
 * @param given given name
 */
public record PersonName(
    Kind kind, NameScript script, @Nullable String family, @Nullable String middle, String given) {

  /** What a name is to its bearer. */
  public enum Kind {
    OFFICIAL,
    OTHER,
    ALIAS;

    /** The word in API and table. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a word. */
    public static Optional<Kind> ofCode(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }

  /** The parts in the order in which the nation writes them. */
  public String full(boolean familyNameFirst) {
    Stream<@Nullable String> parts =
        familyNameFirst ? Stream.of(family, middle, given) : Stream.of(given, middle, family);
    return parts.filter(part -> part != null).collect(Collectors.joining(" "));
  }
}
