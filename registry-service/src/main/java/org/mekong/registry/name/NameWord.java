package org.mekong.registry.name;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A word of a name in every strength in which it can be compared, the strictest first. Words that
 * are equal in one are equal in all that follow.
 *
 * @param spelled as written, in small letters; where a tone mark stands plays no part
 * @param plain without marks; a Lao word without tone marks
 * @param key the word's part of {@link NameKey#of}
 * @param sound what it sounds like
 */
public record NameWord(String spelled, String plain, String key, String sound) {

  /** Vietnamese tone marks: grave, acute, tilde, hook above, dot below. */
  private static final String TONES = "\u0300\u0301\u0303\u0309\u0323";

  static NameWord of(NameLetters.Run run) {
    String key = WordKey.of(run.letters());
    return new NameWord(spelled(run.text()), run.plain(), key, WordKey.sound(key));
  }

  /**
   * What the sound of a longer word that starts like this one may start with: the end of a part of
   * a word can be read in several ways.
   */
  public Set<String> prefixes() {
    Set<String> prefixes = new LinkedHashSet<>();
    prefixes.add(sound);
    String letters = NameLetters.split(plain).getFirst().letters();
    for (String next : new String[] {"a", "t"}) {
      String longer = WordKey.sound(WordKey.of(letters + next));
      if (longer.endsWith(next) && longer.length() > 1) {
        prefixes.add(longer.substring(0, longer.length() - 1));
      }
    }
    prefixes.add(WordKey.sound(WordKey.ofMany(letters)));
    return prefixes;
  }

  /** Moves tone marks to the end, so that old and new placement (hòa, hoà) are the same. */
  private static String spelled(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    StringBuilder letters = new StringBuilder(decomposed.length());
    StringBuilder tones = new StringBuilder(2);
    for (int i = 0; i < decomposed.length(); i++) {
      char sign = decomposed.charAt(i);
      (TONES.indexOf(sign) < 0 ? letters : tones).append(sign);
    }
    return letters.append(tones).toString();
  }
}
