package org.mekong.registry.vitalevent;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.relationship.Relationship;

/**
 * Somebody whom an event names beside the persons it is about: in this register, or outside of it
 * and known by name alone, as a foreign spouse is.
 */
public record Party(@Nullable UUID personId, @Nullable String name) {

  public Party {
    if ((personId == null) == (name == null)) {
      throw new IllegalArgumentException("A party has either a key or a name");
    }
  }

  /** Somebody in this register. */
  public static Party of(UUID personId) {
    return new Party(personId, null);
  }

  /** The party as a relative of somebody. */
  public Relationship as(Relationship.Kind kind) {
    return new Relationship(kind, personId, name);
  }
}
