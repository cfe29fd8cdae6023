package org.mekong.registry.reading.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.change.Change;
import org.mekong.registry.person.change.ChangeRefused;
import org.mekong.registry.person.change.Timeline;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.testing.RandomLives;

class PastProperties {

  @Provide
  Arbitrary<List<Entry>> lives() {
    return RandomLives.any();
  }

  @Property(tries = 300)
  void whatIsKnownNowIsTheCurrentState(@ForAll("lives") List<Entry> entries) throws ChangeRefused {
    Past past = past(entries);
    Optional<Person> current = Timeline.of(entries).latest().map(Timeline.Version::person);
    Instant now = entries.getLast().recordedAt();

    assertEquals(current, past.at(Moment.NOW));
    assertEquals(current, past.at(new Moment(null, now)));
    assertEquals(current, past.at(new Moment(LocalDate.of(2026, 1, 1), now)));
  }

  /** What the register answered at an instant does not change by what it learnt later. */
  @Property(tries = 300)
  void theKnowledgeOfAnInstantStaysWhatItWas(
      @ForAll("lives") List<Entry> entries,
      @ForAll @IntRange(max = 60) int minutes,
      @ForAll @IntRange(min = -5, max = 45) int years)
      throws ChangeRefused {
    Instant then = RandomLives.FIRST.plusSeconds(60L * minutes);
    LocalDate day = RandomLives.BIRTH.plusYears(years);
    List<Entry> recorded =
        entries.stream().filter(entry -> !entry.recordedAt().isAfter(then)).toList();

    assertEquals(
        Timeline.of(recorded).on(day).map(Timeline.Version::person),
        past(entries).at(new Moment(day, then)));
  }

  @Property(tries = 100)
  void nobodyIsThereBeforeTheirBirthOrRegistration(@ForAll("lives") List<Entry> entries) {
    Past past = past(entries);

    assertEquals(Optional.empty(), past.at(new Moment(RandomLives.BIRTH.minusDays(1), null)));
    assertEquals(Optional.empty(), past.at(new Moment(null, RandomLives.FIRST.minusMillis(1))));
    assertTrue(past.at(new Moment(RandomLives.BIRTH, null)).isPresent());
  }

  @Property(tries = 100)
  void onlyAFirstRegistrationDeclares(@ForAll("lives") List<Entry> entries) {
    Past past = past(entries);
    boolean declared = entries.getFirst().type().equals("first_registration");
    Entry entered = Timeline.effective(entries).stream().min(byEntry()).orElseThrow();

    assertEquals(
        declared, past.declaredUntil(entered, ZoneOffset.UTC).isPresent(), entered.toString());
  }

  private static Comparator<Entry> byEntry() {
    return Comparator.comparing(
        entry -> entry.changes().stream().anyMatch(Change.Entered.class::isInstance) ? 0 : 1);
  }

  private static Past past(List<Entry> entries) {
    return new Past(RandomLives.PERSON, entries);
  }
}
