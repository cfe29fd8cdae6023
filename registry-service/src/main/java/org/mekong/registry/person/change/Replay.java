package org.mekong.registry.person.change;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.person.change.Timeline.Version;

/**
 * One walk through a life, in the order in which things became true. An event of which only year or
 * month is known holds from the first day that it can be, and not before the person's birth; a
 * death from the last day, but not after the register learnt of it, so that nothing that may have
 * come before it is refused. Of one day, the birth comes first and a death last; between them the
 * order of registration decides. Not thread-safe.
 */
final class Replay {

  private static final Comparator<Step> ORDER =
      Comparator.comparing(Step::day).thenComparing(Step::rank).thenComparing(s -> s.entry.seq());

  private final List<Step> steps;
  private @Nullable Person person;

  /** A walk that has come as far as a state. */
  Replay(Person state) {
    steps = List.of();
    person = state;
  }

  Replay(List<Entry> effective) {
    LocalDate birth =
        effective.stream()
            .filter(Replay::enters)
            .map(entry -> entry.occurredOn().earliest())
            .min(Comparator.naturalOrder())
            .orElse(LocalDate.MIN);
    List<Step> unordered = new ArrayList<>();
    for (Entry entry : effective) {
      if (enters(entry)) {
        entrance(entry, unordered);
      } else {
        unordered.add(step(entry, birth));
      }
    }
    steps = unordered.stream().sorted(ORDER).toList();
  }

  /**
   * What becomes true at once.
   *
   * @param rank place among those of one day
   */
  record Step(LocalDate day, int rank, Entry entry, List<Change> changes) {}

  List<Step> steps() {
    return steps;
  }

  List<Entry> entries() {
    return steps.stream()
        .filter(step -> step.rank < 2 || !enters(step.entry))
        .map(Step::entry)
        .toList();
  }

  /** The version that begins with a step; none where nothing changes. */
  Optional<Version> take(Step step) throws ChangeRefused {
    Person now = person;
    for (Change change : step.changes) {
      try {
        now = change.apply(now);
      } catch (ChangeRefused refused) {
        throw refused.of(now == null ? null : now.id(), step.entry.eventId());
      }
    }
    person = now;
    return now == null || step.changes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Version(step.day, step.entry, now));
  }

  /** The step of an entry, if it comes after that of another and takes nothing back. */
  static Optional<Step> last(Entry before, Entry added, LocalDate birth) {
    if (added.supersedes() != null || enters(added)) {
      return Optional.empty();
    }
    Step step = step(added, birth);
    if (enters(before)) {
      boolean dead =
          ((Change.Entered) before.changes().getFirst()).person().particulars().lifeStatus()
              == LifeStatus.DEAD;
      return dead ? Optional.empty() : Optional.of(step).filter(s -> !s.day.isBefore(birth));
    }
    return ORDER.compare(step(before, birth), step) < 0 ? Optional.of(step) : Optional.empty();
  }

  private static boolean enters(Entry entry) {
    return !entry.changes().isEmpty() && entry.changes().getFirst() instanceof Change.Entered;
  }

  /** Somebody whose death is declared when they enter lived until then. */
  private static void entrance(Entry entry, List<Step> steps) {
    LocalDate birth = entry.occurredOn().earliest();
    Person declared = ((Change.Entered) entry.changes().getFirst()).person();
    Particulars of = declared.particulars();
    PartialDate death = of.dateOfDeath();
    if (of.lifeStatus() != LifeStatus.DEAD || death == null) {
      steps.add(new Step(birth, 0, entry, entry.changes()));
      return;
    }
    Person living = declared.with(of.but().lifeStatus(LifeStatus.ALIVE).dateOfDeath(null).build());
    steps.add(new Step(birth, 0, entry, List.of(new Change.Entered(living))));
    steps.add(new Step(last(death, entry), 2, entry, List.of(new Change.Died(death))));
  }

  private static Step step(Entry entry, LocalDate birth) {
    PartialDate on = entry.occurredOn();
    if (entry.changes().stream().anyMatch(Replay::isDeath)) {
      return new Step(last(on, entry), 2, entry, entry.changes());
    }
    boolean declared = entry.changes().stream().anyMatch(Change.RelativeDeclared.class::isInstance);
    boolean sinceBirth = on.earliest().isBefore(birth) && !on.latest().isBefore(birth);
    LocalDate day =
        sinceBirth || (declared && on.earliest().isBefore(birth)) ? birth : on.earliest();
    return new Step(day, 1, entry, entry.changes());
  }

  private static boolean isDeath(Change change) {
    return change instanceof Change.Died || change instanceof Change.Widowed;
  }

  private static LocalDate last(PartialDate on, Entry entry) {
    LocalDate known = entry.recordedAt().atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate day = on.latest().isAfter(known) ? known : on.latest();
    return day.isBefore(on.earliest()) ? on.earliest() : day;
  }
}
