package org.mekong.registry.disclosure.repeat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mekong.log.PendingEntry;

/**
 * What a question has found and the entries that it left in the log.
 *
 * @param found one for each enquiry, in their order
 * @param entries one for each subject, in their order
 */
public record FirstAnswer(List<Found> found, List<PendingEntry> entries) {

  public FirstAnswer {
    found = List.copyOf(found);
    entries = List.copyOf(entries);
  }

  /**
   * What an enquiry has found: about whom, and whether there was anything to give.
   *
   * @param subjects random keys for those whom the register does not hold
   */
  public record Found(boolean answered, List<UUID> subjects) {

    public Found {
      subjects = List.copyOf(subjects);
    }

    /** Whether the entries of this finding are true of another, too. */
    boolean covers(Found other) {
      return answered == other.answered
          && (answered
              ? subjects.equals(other.subjects)
              : subjects.size() == other.subjects.size());
    }

    private String text() {
      return (answered ? "+" : "-")
          + subjects.stream().map(UUID::toString).collect(Collectors.joining(","));
    }

    private static Found parse(String text) {
      String keys = text.substring(1);
      return new Found(
          text.charAt(0) == '+',
          keys.isEmpty()
              ? List.of()
              : Arrays.stream(keys.split(",", -1)).map(UUID::fromString).toList());
    }
  }

  /** Whether the entries are true of what was found at a repeat. */
  public boolean covers(List<Found> again) {
    if (found.size() != again.size()) {
      return false;
    }
    for (int i = 0; i < again.size(); i++) {
      if (!found.get(i).covers(again.get(i))) {
        return false;
      }
    }
    return true;
  }

  String foundText() {
    return found.stream().map(Found::text).collect(Collectors.joining(";"));
  }

  String entriesText() {
    return entries.stream()
        .map(entry -> entry.origin() + " " + entry.ticket() + " " + entry.sizeBefore())
        .collect(Collectors.joining(";"));
  }

  static FirstAnswer parse(String found, String entries) {
    List<PendingEntry> pending = new ArrayList<>();
    for (String text : entries.isEmpty() ? new String[0] : entries.split(";", -1)) {
      String[] parts = text.split(" ", -1);
      pending.add(new PendingEntry(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
    }
    return new FirstAnswer(Arrays.stream(found.split(";", -1)).map(Found::parse).toList(), pending);
  }
}
