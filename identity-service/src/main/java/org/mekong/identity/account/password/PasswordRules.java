package org.mekong.identity.account.password;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which passwords are taken: long enough, not common, not made of what is known of their owner
 * (NIST SP 800-63B section 3.1.1.2). No rule asks for kinds of characters.
 */
public final class PasswordRules {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 128;
  private static final int FEWEST_DIFFERENT = 5;
  private static final int SHORTEST_FACT = 4;
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private PasswordRules() {}

  /**
   * Checks a password.
   *
   * @param known what is known of its owner: user name, names, numbers
   * @throws PasswordRefused naming the first rule that it breaks
   */
  public static void check(String password, Collection<String> known) throws PasswordRefused {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw new PasswordRefused(PasswordRefused.Rule.LENGTH);
    }
    if (password.codePoints().anyMatch(PasswordRules::isUnfit)) {
      throw new PasswordRefused(PasswordRefused.Rule.CHARACTERS);
    }
    String plain = plain(password);
    if (password.codePoints().distinct().count() < FEWEST_DIFFERENT || isRun(plain)) {
      throw new PasswordRefused(PasswordRefused.Rule.TOO_EVEN);
    }
    if (CommonPasswords.covers(plain)) {
      throw new PasswordRefused(PasswordRefused.Rule.COMMON);
    }
    for (String fact : known) {
      for (String word : NOT_WORDS.split(plain(fact))) {
        if (word.length() >= SHORTEST_FACT && plain.contains(word)) {
          throw new PasswordRefused(PasswordRefused.Rule.OWN);
        }
      }
    }
  }

  private static boolean isUnfit(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE
        || Character.getType(character) == Character.UNASSIGNED;
  }

  /** Small letters without marks: what a guesser tries first. */
  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\u0300-\\u036f]", "")
        .replace('đ', 'd');
  }

  /** Whether each character follows the one before by the same small step. */
  private static boolean isRun(String text) {
    int step = text.charAt(1) - text.charAt(0);
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) - text.charAt(i - 1) != step) {
        return false;
      }
    }
    return Math.abs(step) <= 1;
  }
}
