package org.mekong.registry.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.search.index.Hit;

class NameQueryTest {

  @ParameterizedTest
  @CsvSource({
    "nguyễn thị hoà,nguyễn thị hòa,as_written,100",
    "hoà thị nguyễn,nguyễn thị hòa,as_written,100",
    "nguyen thi hoa,nguyễn thị hòa,without_marks,90",
    "hoa,nguyễn thị hòa,without_marks,78",
    "huynh an,hoàng an,same_name,90",
    "Bunmi,ບຸນມີ|bounmy,same_name,80",
    "Boun My,bounmy,same_name,80",
    "anh,an,sounds_alike,55",
  })
  void saysHowWellANameFits(String asked, String names, String weakest, int share) {
    NameQuery.Fit fit = NameQuery.of(asked, false).fit(names).orElseThrow();

    assertEquals(weakest, fit.weakest().code());
    assertEquals(share, fit.share());
  }

  @ParameterizedTest
  @CsvSource({
    "nguyen thi hoa,nguyễn hòa",
    "hoa hoa,nguyễn thị hòa",
    "hoang an,hoàng ân|nguyễn hoàn",
    "ngu,nguyễn",
    "nguyen hoa,nguyễn an|trần hoa"
  })
  void everyWordHasToBeAWordOfOneName(String asked, String names) {
    Optional<NameQuery.Fit> fit = NameQuery.of(asked, false).fit(names);

    assertEquals(asked.equals("hoang an"), fit.isPresent());
  }

  @Test
  void wordsCutShortFitTheirBeginnings() {
    assertEquals(
        "part", NameQuery.of("ngu ho", true).fit("nguyễn thị hòa").orElseThrow().weakest().code());
    assertTrue(NameQuery.of("ngu ho", true).fit("trần thị hòa").isEmpty());
    assertTrue(NameQuery.of("ພົມ", true).fit("bounmy phommachanh").isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "1990-05-17,0,1990,517,exact",
    "1990-05-17,0,1990,500,partial",
    "1990-05-17,0,1990,0,partial",
    "1990-05-17,0,1990,518,",
    "1990-05-17,0,1991,517,",
    "1990-05,0,1990,517,exact",
    "1990-05,0,1990,600,",
    "1990,0,1990,517,exact",
    "1990,2,1992,517,within_tolerance",
    "1990-05-17,1,1990,517,exact",
    "1990-05-17,1,1990,601,within_tolerance",
    "1990,2,1993,517,"
  })
  void saysHowABirthFits(String asked, int tolerance, int year, int day, String fit) {
    BirthQuery query = new BirthQuery(PartialDate.parse(asked).orElseThrow(), tolerance);
    Hit hit = new Hit(new UUID(0, 1), year, day, 1, false, "an");

    assertEquals(Optional.ofNullable(fit), query.fit(hit).map(BirthQuery.Fit::code));
    boolean scanned =
        query.years().contains(year) && (query.days().isEmpty() || query.days().contains(day));
    assertTrue(fit == null || scanned, "what fits is in the range that is read");
  }
}
