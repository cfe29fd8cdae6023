package org.mekong.registry.vitalevent;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline;

/** The timelines of those whom an event may touch, as they are without it. */
@FunctionalInterface
public interface Lives {

  /** A person's timeline; nothing for somebody whom the register does not know. */
  Optional<Timeline> of(UUID personId);

  /** Those who belong to a household, or belonged to it once. Asked where somebody becomes head. */
  default Set<UUID> household(UUID householdId) {
    return Set.of();
  }

  /** A person's state at the end of a day. */
  default Optional<Person> on(UUID personId, LocalDate day) {
    return of(personId).flatMap(life -> life.on(day)).map(Timeline.Version::person);
  }
}
