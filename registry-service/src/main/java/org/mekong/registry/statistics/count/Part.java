package org.mekong.registry.statistics.count;

import java.util.UUID;
import org.mekong.registry.person.PartialDate;

/** What a life adds to one figure. */
sealed interface Part {

  /** Somebody stands in the register. */
  record Held() implements Part {}

  /**
   * Somebody begins to live in a province, or with a negative amount no longer does.
   *
   * @param cohort month of the day before the birth
   */
  record Lived(int month, String province, int sex, int cohort) implements Part {}

  /** Somebody moves between provinces, from elsewhere, or away. */
  record Moved(int month, String from, String to, int sex) implements Part {}

  /**
   * An event of somebody. What else is counted of it stands with the event, not with the person.
   *
   * @param province where the person lives; empty also for couples, who are counted where they
   *     marry or divorce
   */
  record Happened(Side side, UUID eventId, String province, int sex, PartialDate occurredOn)
      implements Part {}

  /** What the person is in the event. */
  enum Side {
    CHILD,
    DECEASED,
    SPOUSE
  }
}
