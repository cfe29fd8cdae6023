package org.mekong.registry.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Finding;

/** What a reading of one person found. */
public sealed interface Reading {

  /** Nothing that this caller may see. */
  record Nothing() implements Reading {}

  /** The record was merged; the person is to be asked for under another key. */
  record Merged(UUID into) implements Reading {}

  /**
   * The fields asked for.
   *
   * @param declared names of those which at the moment asked for rest on what was declared when the
   *     person was registered later
   * @param version the person's version, where the current state was read
   */
  record Fields(Map<String, Object> members, List<String> declared, @Nullable Integer version)
      implements Reading {
    public Fields {
      declared = List.copyOf(declared);
    }
  }

  /** The reading as something that was found about somebody. */
  static Finding<Reading> of(Optional<UUID> subject, Reading reading) {
    return new Finding<>(
        reading, !(reading instanceof Nothing), List.of(subject.orElseGet(UUID::randomUUID)));
  }
}
