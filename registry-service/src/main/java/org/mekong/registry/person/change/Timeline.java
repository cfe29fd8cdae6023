package org.mekong.registry.person.change;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Person;

/**
 * The life of one person as the register knew it at some time: versions in the order in which they
 * became true; {@link Replay} says which day that is. Both times of history come from it: what was
 * true on a day is the version of that day, what the register said at an instant is the timeline of
 * the entries recorded by then. Immutable.
 */
public final class Timeline {

  private static final String CORRECTION = "correction";

  private final List<Version> versions;
  private final List<Entry> entries;

  private Timeline(List<Version> versions, List<Entry> entries) {
    this.versions = List.copyOf(versions);
    this.entries = List.copyOf(entries);
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
    Replay replay = new Replay(effective(entries));
    List<Version> versions = new ArrayList<>();
    for (Replay.Step step : replay.steps()) {
      replay.take(step).ifPresent(versions::add);
    }
    return new Timeline(versions, replay.entries());
  }

  /**
   * This timeline with one more entry, recorded after all others. Where the entry also becomes true
   * after them, it costs one step; else a replay.
   *
   * @param all the entries that this timeline is of, and the new one at their end
   * @throws ChangeRefused as {@link #of} does
   */
  public Timeline with(List<Entry> all) throws ChangeRefused {
    Optional<Replay.Step> step =
        versions.isEmpty()
            ? Optional.empty()
            : Replay.last(entries.getLast(), all.getLast(), versions.getFirst().from());
    if (step.isEmpty()) {
      return of(all);
    }
    List<Version> more = new ArrayList<>(versions);
    new Replay(versions.getLast().person()).take(step.get()).ifPresent(more::add);
    List<Entry> told = new ArrayList<>(entries);
    told.add(all.getLast());
    return new Timeline(more, told);
  }

  /**
   * The timeline of what holds of entries that make no life, as those of somebody whose marriage is
   * being corrected make none without it: what cannot have happened is left out.
   */
  public static Timeline asFarAsItHolds(List<Entry> entries) {
    Replay replay = new Replay(effective(entries));
    List<Version> versions = new ArrayList<>();
    for (Replay.Step step : replay.steps()) {
      try {
        replay.take(step).ifPresent(versions::add);
      } catch (ChangeRefused leftOut) {
        continue;
      }
    }
    return new Timeline(versions, replay.entries());
  }

  /** The timeline as the register knew it at an instant. */
  public static Timeline knownAt(List<Entry> entries, Instant instant) throws ChangeRefused {
    return of(entries.stream().filter(entry -> !entry.recordedAt().isAfter(instant)).toList());
  }

  /**
   * The entries that no later one took back. What corrects a correction also stands for what was
   * corrected first; what annuls a correction, or an annulment, brings that back.
   */
  public static List<Entry> effective(List<Entry> entries) {
    Map<UUID, Boolean> takenBack = new HashMap<>();
    List<Entry> effective = new ArrayList<>();
    for (Entry entry : entries.reversed()) {
      Boolean corrected = takenBack.get(entry.eventId());
      if (corrected == null) {
        effective.addFirst(entry);
      }
      if (entry.supersedes() != null && !Boolean.FALSE.equals(corrected)) {
        takenBack.put(entry.supersedes(), entry.type().equals(CORRECTION));
      }
    }
    return effective;
  }

  /** The entries that the timeline is made of, in the order of occurrence. */
  public List<Entry> entries() {
    return entries;
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
}
