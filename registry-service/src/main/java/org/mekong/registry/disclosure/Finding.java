package org.mekong.registry.disclosure;

import java.util.List;
import java.util.UUID;

/**
 * What a reading found, and about whom.
 *
 * @param answer what leaves, if the disclosure can be recorded
 * @param answered whether there was anything to give
 * @param subjects keys of the persons who were looked at, the one asked about first; a random key
 *     for somebody whom the register does not hold
 */
public record Finding<T>(T answer, boolean answered, List<UUID> subjects) {
  public Finding {
    subjects = List.copyOf(subjects);
  }
}
