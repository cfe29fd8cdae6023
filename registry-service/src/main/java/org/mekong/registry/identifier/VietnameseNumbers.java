package org.mekong.registry.identifier;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.RegistrationPlace;

/**
 * The personal identification number of Viet Nam (Circular 07/2016/TT-BCA): three digits for the
 * place of birth registration, one for century and sex, two for the year of birth, six random.
 * There is no check digit. A number stays as it is when its province merges or a sex is corrected.
 */
public final class VietnameseNumbers implements NumberScheme {

  private static final Pattern FORM = Pattern.compile("([0-9]{3})[0-9]{9}");
  private static final Pattern EARLIER = Pattern.compile("[0-9]{9}");
  private static final int WIDTH = 6;
  private static final int LENGTH = 12;
  private static final int FIRST_CENTURY = 19;
  private static final int LAST_CENTURY = 23;

  private final Map<String, RegistrationPlace> places;

  /** Numbers for the places of a profile. */
  public VietnameseNumbers(NationProfile profile) {
    places = profile.registrationPlaces();
  }

  @Override
  public NumberBlock blockOf(BirthFacts facts) {
    int century = facts.year() / 100;
    if (century < FIRST_CENTURY || century > LAST_CENTURY) {
      throw new IllegalArgumentException("Numbers exist for births from 1900 to 2399");
    }
    int centuryAndSex = (century - FIRST_CENTURY) * 2 + (facts.male() ? 0 : 1);
    String prefix = facts.place().digits() + centuryAndSex + "%02d".formatted(facts.year() % 100);
    return new NumberBlock(prefix, WIDTH);
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public boolean isWellFormed(String number) {
    Matcher matcher = FORM.matcher(number);
    return matcher.matches() && places.containsKey(matcher.group(1));
  }

  /** The nine digits of the identity cards given until 2012; later cards bear personal numbers. */
  @Override
  public boolean isWellFormedEarlier(String number) {
    return EARLIER.matcher(number).matches();
  }
}
