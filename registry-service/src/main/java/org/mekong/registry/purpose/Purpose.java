package org.mekong.registry.purpose;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What data may be asked for. Immutable.
 *
 * @param code the word in tokens, agreements and log entries
 * @param legalBases the legal bases that admit it, word for word; any when there are none
 * @param validFrom the first day on which it is in force, always so far when absent
 * @param validUntil the last day on which it is in force, without end when absent
 * @param acrossBorder whether other nations may name it too
 */
public record Purpose(
    String code,
    String description,
    List<String> legalBases,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validUntil,
    boolean acrossBorder) {

  public Purpose {
    legalBases = List.copyOf(legalBases);
  }

  /** Whether persons may be read for it on a day of the nation's legal time. */
  public boolean isInForce(LocalDate day) {
    return (validFrom == null || !day.isBefore(validFrom))
        && (validUntil == null || !day.isAfter(validUntil));
  }

  /** Whether a legal basis, named or not, admits it. */
  public boolean admits(@Nullable String legalBasis) {
    return legalBases.isEmpty() || (legalBasis != null && legalBases.contains(legalBasis));
  }
}
