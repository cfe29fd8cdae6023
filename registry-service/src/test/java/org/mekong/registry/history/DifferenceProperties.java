package org.mekong.registry.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.change.Timeline.Entry;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Past;
import org.mekong.registry.testing.RandomLives;

class DifferenceProperties {

  @Provide
  Arbitrary<List<Entry>> lives() {
    return RandomLives.any();
  }

  @Provide
  Arbitrary<Moment> moments() {
    return Combinators.combine(
            Arbitraries.integers().between(-1, 45).injectNull(0.2),
            Arbitraries.integers().between(-1, 60).injectNull(0.2))
        .as(
            (years, minutes) ->
                new Moment(
                    years == null ? null : RandomLives.BIRTH.plusYears(years),
                    minutes == null ? null : RandomLives.FIRST.plusSeconds(60L * minutes)));
  }

  @Property(tries = 200)
  void aMomentDoesNotDifferFromItself(
      @ForAll("lives") List<Entry> entries, @ForAll("moments") Moment moment) {
    assertEquals(List.of(), between(entries, moment, moment));
  }

  @Property(tries = 500)
  void theDifferencesMakeTheFirstMomentTheSecond(
      @ForAll("lives") List<Entry> entries,
      @ForAll("moments") Moment from,
      @ForAll("moments") Moment to) {
    Map<String, Object> applied = new HashMap<>(facts(entries, from));
    for (Difference difference : between(entries, from, to)) {
      assertEquals(difference.before(), applied.remove(difference.field()));
      if (difference.after() != null) {
        applied.put(difference.field(), difference.after());
      }
    }

    assertEquals(facts(entries, to), applied);
  }

  @Property(tries = 500)
  void everyDifferenceHasItsEventsAndTheWayBackHasTheSame(
      @ForAll("lives") List<Entry> entries,
      @ForAll("moments") Moment from,
      @ForAll("moments") Moment to) {
    Map<String, List<Entry>> back = new HashMap<>();
    between(entries, to, from).forEach(each -> back.put(each.field(), each.causes()));

    for (Difference difference : between(entries, from, to)) {
      assertFalse(difference.causes().isEmpty(), difference.field());
      assertEquals(back.get(difference.field()), difference.causes());
    }
  }

  /** The periods of a life are the same facts, told the other way round. */
  @Property(tries = 300)
  void thePeriodsOfADayAreTheFactsOfThatDay(
      @ForAll("lives") List<Entry> entries, @ForAll("moments") Moment moment) {
    Past past = new Past(RandomLives.PERSON, entries);
    Set<Object> holding = new HashSet<>();
    LocalDate day = moment.asOf() == null ? LocalDate.MAX : moment.asOf();
    for (Period period :
        Period.of(past.versions(new Moment(null, moment.knownAt())), DifferenceProperties::facts)) {
      boolean begun = !period.from().isAfter(day);
      boolean ended = period.to() != null && !period.to().isAfter(day);
      if (begun && !ended) {
        assertTrue(holding.add(List.of(period.field(), period.value())));
      }
    }
    Set<Object> expected = new HashSet<>();
    facts(entries, moment)
        .forEach(
            (field, value) ->
                Period.values(value).forEach(each -> expected.add(List.of(field, each))));

    assertEquals(expected, holding);
  }

  private static List<Difference> between(List<Entry> entries, Moment from, Moment to) {
    return Difference.between(
        new Past(RandomLives.PERSON, entries), from, to, DifferenceProperties::facts);
  }

  private static Map<String, Object> facts(List<Entry> entries, Moment moment) {
    return new Past(RandomLives.PERSON, entries)
        .at(moment)
        .map(DifferenceProperties::facts)
        .orElse(Map.of());
  }

  private static Map<String, Object> facts(Person person) {
    return PersonView.of(person, true, EnumSet.allOf(PersonField.class), PersonField::code);
  }
}
