package org.mekong.identity.journal;

import java.util.List;

/**
 * Something remembered that a deed relies on, and how the database tells that it still holds.
 *
 * @param condition an SQL expression; one text for the same kind of thing
 * @param values its parameters, in order
 */
public record Reliance(String condition, List<String> values) {
  public Reliance {
    values = List.copyOf(values);
  }
}
