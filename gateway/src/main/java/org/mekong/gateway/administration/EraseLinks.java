package org.mekong.gateway.administration;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/erasures}.
 *
 * @param personalNumber of a person of this nation; it is neither kept nor logged
 * @param personId the register's key of the same person, for what they were found by; may be absent
 * @param reference of the register's erasure or of an order; it names nobody
 */
public record EraseLinks(
    @Nullable String personalNumber, @Nullable UUID personId, @Nullable String reference) {

  /** Hides the number: a record's text ends up in logs. */
  @Override
  public String toString() {
    return "EraseLinks[hidden]";
  }
}
