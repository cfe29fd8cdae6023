package org.mekong.registry.search.index;

import java.util.UUID;
import java.util.stream.Collectors;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Person;

/**
 * Somebody whom a search may be about, as far as the index knows them.
 *
 * @param birthDay month and day as {@code month * 100 + day}, with 0 for what is not known
 * @param sex ISO/IEC 5218 code
 * @param former whether the names are former ones
 * @param names the names, parted by {@code |}
 */
public record Hit(
    UUID personId, int birthYear, int birthDay, int sex, boolean former, String names) {

  /** The hit of a person who was found without the index. */
  public static Hit of(Person person) {
    return new Hit(
        person.id(),
        person.particulars().dateOfBirth().year(),
        Row.day(person.particulars().dateOfBirth()),
        person.particulars().sex().code(),
        false,
        person.particulars().names().stream()
            .map((PersonName name) -> name.full(true))
            .collect(Collectors.joining("|")));
  }
}
