package org.mekong.registry.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PartialDateProperties {

  @Property(tries = 200)
  void readsWhatItWrites(
      @ForAll @IntRange(min = 1900, max = 2100) int year,
      @ForAll @IntRange(min = 0, max = 12) int month,
      @ForAll @IntRange(min = 0, max = 28) int day) {
    PartialDate date =
        new PartialDate(year, month == 0 ? null : month, month == 0 || day == 0 ? null : day);

    assertEquals(Optional.of(date), PartialDate.parse(date.toString()));
    assertFalse(date.latest().isBefore(date.earliest()));
  }

  @Example
  void spansWhatIsNotKnown() {
    PartialDate year = PartialDate.parse("2000").orElseThrow();
    PartialDate month = PartialDate.parse("2000-02").orElseThrow();

    assertEquals(LocalDate.of(2000, 1, 1), year.earliest());
    assertEquals(LocalDate.of(2000, 12, 31), year.latest());
    assertEquals(LocalDate.of(2000, 2, 29), month.latest());
  }

  @Example
  void refusesWhatIsNoDayOfTheCalendar() {
    for (String bad :
        new String[] {
          "",
          "2001-02-29",
          "2001-13",
          "2001-00",
          "2001-1-1",
          "01-01-2001",
          "2001-04-31",
          "20010101",
          "2001-01-01T00:00:00Z",
          " 2001",
          "٢٠٠١",
          "-2001",
          "99999"
        }) {
      assertTrue(PartialDate.parse(bad).isEmpty(), bad);
    }
  }
}
