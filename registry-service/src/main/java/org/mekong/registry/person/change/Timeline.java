package org.mekong.registry.person.change;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;

/**
 * The life of one person as the register knew it at some time: versions in the order in which they
 * became true. Both times of history come from it: what was true on a day is the version of that
 * day, what the register said at an instant is the timeline of the entries recorded by then.
 * Immutable.
 */
public final class Timeline {

  private final List<Version> versions;

  private Timeline(List<Version> versions) {
    this.versions = List.copyOf(versions);
  }

  /**
   * One event's part in one person's life, as it was recorded.
   *
   * @param seq place in the order of recording, from 1, without gaps
   * @param type the event's type
   * @param role what the person was in the event
   * @param recordedAt when the register learnt of it; never decreases with {@code seq}
   * @param supersedes an earlier event that this one corrects or annuls, from then on without
   *     effect
   */
  public record Entry(
      int seq,
      UUID eventId,
      String type,
      String role,
      PartialDate occurredOn,
      Instant recordedAt,
      @Nullable UUID supersedes,
      List<Change> changes) {

    public Entry {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A state and since when it holds.
   *
   * @param from first day; the version holds until the next one begins
   */
  public record Version(LocalDate from, Entry entry, Person person) {}

  /**
   * The timeline of a person's entries.
   *
   * @param entries in the order of recording
   * @throws ChangeRefused when an event cannot have happened to the person in the state of its day
   */
  public static Timeline of(List<Entry> entries) throws ChangeRefused {
    List<Version> versions = new ArrayList<>();
    Person person = null;
    for (Entry entry : inOrderOfOccurrence(effective(entries))) {
      for (Change change : entry.changes()) {
        try {
          person = change.apply(person);
        } catch (ChangeRefused refused) {
          throw refused.of(person == null ? new UUID(0, 0) : person.id(), entry.eventId());
        }
      }
      if (person != null && !entry.changes().isEmpty()) {
        versions.add(new Version(entry.occurredOn().earliest(), entry, person));
      }
    }
    return new Timeline(versions);
  }

  /** The timeline as the register knew it at an instant. */
  public static Timeline knownAt(List<Entry> entries, Instant instant) throws ChangeRefused {
    return of(entries.stream().filter(entry -> !entry.recordedAt().isAfter(instant)).toList());
  }

  /** The entries that no later one took back. */
  public static List<Entry> effective(List<Entry> entries) {
    Set<UUID> superseded = new HashSet<>();
    List<Entry> effective = new ArrayList<>();
    for (Entry entry : entries.reversed()) {
      if (!superseded.contains(entry.eventId())) {
        effective.addFirst(entry);
        if (entry.supersedes() != null) {
          superseded.add(entry.supersedes());
        }
      }
    }
    return effective;
  }

  /** All versions, oldest first. */
  public List<Version> versions() {
    return versions;
  }

  /** The state now, and of every day after the last event. */
  public Optional<Version> latest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
  }

  /** The state at the end of a day; nothing before the person's birth. */
  public Optional<Version> on(LocalDate day) {
    for (Version version : versions.reversed()) {
      if (!version.from().isAfter(day)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** An entry brings a person in before anything else of the same day happens to them. */
  private static List<Entry> inOrderOfOccurrence(List<Entry> entries) {
    return entries.stream()
        .sorted(
            Comparator.comparing((Entry entry) -> entry.occurredOn().earliest())
                .thenComparing(entry -> !enters(entry))
                .thenComparing(Entry::seq))
        .toList();
  }

  private static boolean enters(Entry entry) {
    return !entry.changes().isEmpty() && entry.changes().getFirst() instanceof Change.Entered;
  }
}
