package org.mekong.registry.reading.past;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A point in the two times of history.
 *
 * @param asOf the day whose end is meant; the newest state when absent
 * @param knownAt what the register had recorded by this instant, and no more; everything when
 *     absent
 */
public record Moment(@Nullable LocalDate asOf, @Nullable Instant knownAt) {

  /** The newest state, with all that is known. */
  public static final Moment NOW = new Moment(null, null);

  /** Whether nothing but the current state is meant. */
  public boolean isNow() {
    return asOf == null && knownAt == null;
  }

  /** Writes the moment into an answer; the current one goes without saying. */
  public void into(Map<String, Object> members) {
    if (asOf != null) {
      members.put("asOf", asOf.toString());
    }
    if (knownAt != null) {
      members.put("knownAt", knownAt.toString());
    }
  }
}
