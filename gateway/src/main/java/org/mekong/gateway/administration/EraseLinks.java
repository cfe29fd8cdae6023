package org.mekong.gateway.administration;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /admin/v1/erasures}.
 *
 * @param personalNumber of a person of this nation; it is neither kept nor logged
 * @param reference of the register's erasure or of an order; it names nobody
 */
public record EraseLinks(@Nullable String personalNumber, @Nullable String reference) {

  /** Hides the number: a record's text ends up in logs. */
  @Override
  public String toString() {
    return "EraseLinks[hidden]";
  }
}
