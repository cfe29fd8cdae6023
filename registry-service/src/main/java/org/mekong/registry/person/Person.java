package org.mekong.registry.person;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as the register holds them now.
 *
 * @param id internal key (UUID version 7), opaque to everybody
 * @param personalNumber the number in force
 * @param earlierNumbers numbers that it replaced, and those of persons merged into this one
 * @param mergedInto the person whom this one turned out to be, if they were merged
 */
public record Person(
    UUID id,
    @Nullable String personalNumber,
    List<String> earlierNumbers,
    Particulars particulars,
    @Nullable UUID mergedInto) {

  public Person {
    earlierNumbers = List.copyOf(earlierNumbers);
  }

  /** The same person with other particulars. */
  public Person with(Particulars other) {
    return new Person(id, personalNumber, earlierNumbers, other, mergedInto);
  }
}
