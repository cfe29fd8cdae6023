package org.mekong.gateway.receipt;

import org.mekong.log.PendingEntry;

/** An appended entry as text, so that its receipt can be made again after a restart. */
public final class LoggedEntry {

  private LoggedEntry() {}

  /** Origin, ticket and size before, with a space between. */
  public static String text(PendingEntry entry) {
    return entry.origin() + " " + entry.ticket() + " " + entry.sizeBefore();
  }

  /** The entry of this text. */
  public static PendingEntry parse(String text) {
    String[] parts = text.split(" ", -1);
    return new PendingEntry(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
