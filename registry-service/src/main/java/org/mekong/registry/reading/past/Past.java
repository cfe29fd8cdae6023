package org.mekong.registry.reading.past;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.person.change.Timeline.Version;

/** Everything that was recorded on one person. Replayed once where it can be; immutable. */
public final class Past {

  private static final String DECLARATION = "first_registration";

  private final UUID personId;
  private final List<Entry> entries;
  private final Timeline whole;

  /**
   * The past of a person.
   *
   * @param entries in the order of recording
   */
  public Past(UUID personId, List<Entry> entries) {
    this.personId = personId;
    this.entries = List.copyOf(entries);
    this.whole = timeline(this.entries);
  }

  /** Whose past it is. */
  public UUID personId() {
    return personId;
  }

  /** What was recorded by an instant. */
  public List<Entry> known(@Nullable Instant instant) {
    return instant == null || entries.isEmpty() || !entries.getLast().recordedAt().isAfter(instant)
        ? entries
        : entries.stream().filter(entry -> !entry.recordedAt().isAfter(instant)).toList();
  }

  /** The versions of a moment: known by its instant and begun by its day, oldest first. */
  public List<Version> versions(Moment moment) {
    List<Version> versions = life(moment).versions();
    LocalDate day = moment.asOf();
    return day == null
        ? versions
        : versions.stream().filter(version -> !version.from().isAfter(day)).toList();
  }

  /** The person at a moment; nobody before their birth, or before the register knew them. */
  public Optional<Person> at(Moment moment) {
    Timeline timeline = life(moment);
    LocalDate day = moment.asOf();
    return (day == null ? timeline.latest() : timeline.on(day)).map(Version::person);
  }

  /**
   * The person as the register holds them today, which decides who may see their past; for somebody
   * whose entry was annulled, as it held them last.
   */
  public Optional<Person> last() {
    if (whole.latest().isPresent()) {
      return whole.latest().map(Version::person);
    }
    for (int size = entries.size() - 1; size > 0; size--) {
      Optional<Version> latest = timeline(entries.subList(0, size)).latest();
      if (latest.isPresent()) {
        return latest.map(Version::person);
      }
    }
    return Optional.empty();
  }

  /**
   * By what each fact came to be what it is at a moment: the entries that changed it, oldest first.
   *
   * @param facts the facts of a person by name; what is not known is left out
   */
  public Map<String, List<Entry>> shaping(
      Moment moment, Function<Person, Map<String, Object>> facts) {
    Map<String, List<Entry>> shaping = new LinkedHashMap<>();
    Map<String, Object> before = Map.of();
    for (Version version : versions(moment)) {
      Map<String, Object> after = facts.apply(version.person());
      Set<String> names = new HashSet<>(before.keySet());
      names.addAll(after.keySet());
      for (String name : names) {
        if (!Objects.equals(before.get(name), after.get(name))) {
          shaping.computeIfAbsent(name, any -> new ArrayList<>()).add(version.entry());
        }
      }
      before = after;
    }
    return shaping;
  }

  /**
   * Until when the register has nothing but a declaration for what an entry says: the day of the
   * first registration that declared it.
   */
  public Optional<LocalDate> declaredUntil(Entry entry, ZoneId zone) {
    Entry root = entry;
    while (root.supersedes() != null) {
      UUID corrected = root.supersedes();
      Optional<Entry> found =
          entries.stream().filter(other -> corrected.equals(other.eventId())).findFirst();
      if (found.isEmpty() || found.get().seq() >= root.seq()) {
        break;
      }
      root = found.get();
    }
    return root.type().equals(DECLARATION)
        ? Optional.of(LocalDate.ofInstant(root.recordedAt(), zone))
        : Optional.empty();
  }

  private Timeline life(Moment moment) {
    List<Entry> known = known(moment.knownAt());
    return known.size() == entries.size() ? whole : timeline(known);
  }

  private static Timeline timeline(List<Entry> known) {
    try {
      return Timeline.of(known);
    } catch (ChangeRefused e) {
      // each state of the entries was replayed before it was written
      throw new IllegalStateException("The register holds a life that breaks " + e.rule());
    }
  }
}
