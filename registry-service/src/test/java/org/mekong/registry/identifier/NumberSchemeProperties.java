package org.mekong.registry.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.RegistrationPlace;

class NumberSchemeProperties {

  private static final NationProfile VN = NationProfile.of(Nation.VN);
  private static final NationProfile LA = NationProfile.of(Nation.LA);

  private final NumberScheme vietnamese = new VietnameseNumbers(VN);
  private final NumberScheme lao = new LaoNumbers("PPSYYRRRRRRR");

  @Provide
  Arbitrary<BirthFacts> vietnameseBirths() {
    return births(VN);
  }

  @Provide
  Arbitrary<BirthFacts> laoBirths() {
    return births(LA);
  }

  private static Arbitrary<BirthFacts> births(NationProfile profile) {
    Arbitrary<RegistrationPlace> places =
        Arbitraries.of(List.copyOf(profile.registrationPlaces().values()));
    return Combinators.combine(
            places, Arbitraries.integers().between(1900, 2399), Arbitraries.of(true, false))
        .as(BirthFacts::new);
  }

  @Property(tries = 500)
  void aVietnameseNumberHoldsPlaceCenturySexAndYear(
      @ForAll("vietnameseBirths") BirthFacts birth, @ForAll @IntRange(max = 999_999) int serial) {
    String number = vietnamese.blockOf(birth).number(serial);

    assertEquals(12, number.length());
    assertTrue(vietnamese.isWellFormed(number));
    assertEquals(birth.place().code(), number.substring(0, 3));
    int centuryAndSex = number.charAt(3) - '0';
    assertEquals(birth.male(), centuryAndSex % 2 == 0);
    assertEquals(
        birth.year(), 1900 + 100 * (centuryAndSex / 2) + Integer.parseInt(number.substring(4, 6)));
  }

  @Property(tries = 500)
  void otherFactsOrSerialsMakeOtherNumbers(
      @ForAll("laoBirths") BirthFacts one,
      @ForAll("laoBirths") BirthFacts other,
      @ForAll @IntRange(max = 9_999_999) int serial,
      @ForAll @IntRange(max = 9_999_999) int otherSerial) {
    boolean same = one.equals(other) && serial == otherSerial;

    assertEquals(
        same, lao.blockOf(one).number(serial).equals(lao.blockOf(other).number(otherSerial)));
    assertTrue(lao.isWellFormed(lao.blockOf(one).number(serial)));
  }

  @Example
  void knowsWhatHasNotTheForm() {
    for (String bad :
        new String[] {
          "", "045199", "0451990000011", "04519900000a", "000199000001", "٠٤٥١٩٩٠٠٠٠٠١"
        }) {
      assertFalse(vietnamese.isWellFormed(bad), bad);
    }
  }

  @Example
  void knowsTheFormOfOldIdentityCards() {
    assertTrue(vietnamese.isWellFormedEarlier("012345678"));
    for (String other : new String[] {"", "01234567", "0123456789", "01234567a", "045199000001"}) {
      assertFalse(vietnamese.isWellFormedEarlier(other), other);
    }
    assertFalse(lao.isWellFormedEarlier("012345678"));
  }

  @Example
  void refusesAPatternThatIsNone() {
    for (String bad : new String[] {"", "PPSYY", "RPP", "PPSYYRRRRRRRRRR", "P SYYR"}) {
      assertThrows(IllegalArgumentException.class, () -> new LaoNumbers(bad), bad);
    }
  }
}
