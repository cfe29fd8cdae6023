package org.mekong.registry.person;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as the register holds them now.
 *
 * @param id internal key (UUID version 7), opaque to everybody
 * @param personalNumber the number in force
 * @param earlierNumbers numbers that it replaced
 */
public record Person(
    UUID id,
    @Nullable String personalNumber,
    List<String> earlierNumbers,
    Particulars particulars) {

  public Person {
    earlierNumbers = List.copyOf(earlierNumbers);
  }
}
