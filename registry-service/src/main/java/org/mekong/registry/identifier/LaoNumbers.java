package org.mekong.registry.identifier;

import java.util.regex.Pattern;

/**
 * An <strong>invented</strong> scheme for Laos, whose real format is not public. A pattern of
 * letters says what each digit holds: {@code PP} place of birth registration, {@code S} century and
 * sex (as in Viet Nam), {@code YY} year of birth, a last run of {@code R} the random digits; a
 * digit stands for itself. The real format replaces the pattern, or this class.
 */
public final class LaoNumbers implements NumberScheme {

  private static final Pattern PATTERN = Pattern.compile("((?:PP|S|YY|[0-9])*)(R{1,9})");

  private final String head;
  private final int width;
  private final Pattern form;

  /**
   * A scheme of a pattern.
   *
   * @throws IllegalArgumentException when the text is no such pattern
   */
  public LaoNumbers(String pattern) {
    var matcher = PATTERN.matcher(pattern);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "registry.identifier.lao-pattern: expected PP, S, YY and digits, then up to nine R");
    }
    head = matcher.group(1);
    width = matcher.group(2).length();
    form = Pattern.compile(head.replaceAll("[PSY]", "[0-9]") + "[0-9]{" + width + "}");
  }

  @Override
  public NumberBlock blockOf(BirthFacts facts) {
    int centuryAndSex = (facts.year() / 100 - 19) * 2 + (facts.male() ? 0 : 1);
    if (centuryAndSex < 0 || centuryAndSex > 9) {
      throw new IllegalArgumentException("Numbers exist for births from 1900 to 2399");
    }
    String prefix =
        head.replace("PP", facts.place().digits())
            .replace("S", Integer.toString(centuryAndSex))
            .replace("YY", "%02d".formatted(facts.year() % 100));
    return new NumberBlock(prefix, width);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int length() {
    return head.length() + width;
  }

  @Override
  public boolean isWellFormed(String number) {
    return form.matcher(number).matches();
  }

  /** No earlier form is public. */
  @Override
  public boolean isWellFormedEarlier(String number) {
    return false;
  }
}
