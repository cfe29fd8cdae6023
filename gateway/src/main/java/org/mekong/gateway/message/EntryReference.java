package org.mekong.gateway.message;

import org.mekong.log.LogTransaction;
import org.mekong.log.Receipt;

/**
 * Where an entry stands in a transparency log.
 *
 * @param origin name of the log, such as {@code la.mekong.example/gateway/2026}
 * @param index 0 for the first entry
 */
public record EntryReference(String origin, long index) {

  private static final int LONGEST_ORIGIN = 200;

  public EntryReference {
    if (origin == null || origin.isBlank() || origin.length() > LONGEST_ORIGIN || index < 0) {
      throw new IllegalArgumentException("an entry is named by its log's origin and its index");
    }
  }

  /** Where an entry stands that was just written. */
  public static EntryReference of(LogTransaction.Place place) {
    return new EntryReference(place.origin(), place.index());
  }

  /** Where the entry of a receipt stands. */
  public static EntryReference of(Receipt receipt) {
    return new EntryReference(receipt.origin(), receipt.index());
  }
}
