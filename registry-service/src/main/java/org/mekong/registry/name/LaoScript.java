package org.mekong.registry.name;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.DataFile;

/**
 * Reads Lao script in Latin letters, syllable by syllable, by the rules of {@code
 * data/names/lao_script.csv}. What does not stand as Lao writes it is read as well as it goes:
 * never an exception.
 */
final class LaoScript {

  private static final char CANCELLATION = '\u0ECC';
  private static final char NONE = 0;
  private static final String BEFORE = "ເແໂໃໄ";
  private static final String SIGNS = "ະັາຳິີຶືຸູົໍຽ";
  private static final String LED_BY_HO = "ງຍນມລຣວ";
  private static final String WITH_GLIDE = "ກຂຄງ";
  private static final char GLIDE = 'ວ';
  private static final char CARRIER = 'ອ';
  private static final char SEMIVOWEL_LO = '\u0EBC';

  private static final Map<String, String> INITIALS = letters("initial");
  private static final Map<String, String> FINALS = letters("final");
  private static final List<Vowel> VOWELS = vowels();

  private LaoScript() {}

  /** Whether a code point stands in the block of Lao script. */
  static boolean writes(int point) {
    return point >= 0x0E80 && point <= 0x0EFF;
  }

  /** A Lao word without tone marks, each vowel written in one way. */
  static String plain(String word) {
    StringBuilder plain = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char sign = word.charAt(i);
      if (sign == CANCELLATION && !plain.isEmpty()) {
        plain.setLength(plain.length() - 1);
      } else if (writes(sign) && !isTone(sign) && sign != CANCELLATION) {
        plain.append(sign);
      }
    }
    return plain
        .toString()
        .replace("ໍາ", "ຳ")
        .replace("ເເ", "ແ")
        .replace("ໜ", "ຫນ")
        .replace("ໝ", "ຫມ")
        .replace("ຫ" + SEMIVOWEL_LO, "ຫລ");
  }

  /** A Lao word in small Latin letters. */
  static String romanise(String word) {
    String text = plain(word);
    StringBuilder latin = new StringBuilder(text.length() + 4);
    int at = 0;
    while (at < text.length()) {
      char first = text.charAt(at);
      if (Character.isDigit(first)) {
        latin.append(Character.digit(first, 10));
        at++;
      } else {
        at = syllable(text, at, latin);
      }
    }
    return latin.toString();
  }

  /** Reads the syllable at a place; where the next one starts. */
  private static int syllable(String text, int at, StringBuilder latin) {
    boolean led = BEFORE.indexOf(text.charAt(at)) >= 0;
    char before = led ? text.charAt(at) : NONE;
    int start = led ? at + 1 : at;
    int end = initialEnd(text, start, led);
    if (end == start) {
      return Math.max(start, at + 1); // a sign that stands on nothing
    }
    latin.append(INITIALS.getOrDefault(text.substring(start, end), ""));
    if (at(text, end) == SEMIVOWEL_LO || (!led && isLiquid(text, end) && isSign(text, end + 1))) {
      latin.append('l');
      end++;
    } else if (hasGlide(text, start, end, led)) {
      latin.append('u');
      end++;
    }
    Vowel vowel = vowel(text, before, end);
    if (vowel == null) {
      boolean closed = isFinal(text, end);
      latin.append(closed ? "o" + finalAt(text, end) : "a");
      return closed ? end + 1 : end;
    }
    latin.append(vowel.latin);
    int after = end + vowel.signs.length();
    if (vowel.closing != Closing.NEVER && isFinal(text, after)) {
      latin.append(finalAt(text, after));
      after++;
    }
    return after;
  }

  private static int initialEnd(String text, int start, boolean led) {
    boolean pair =
        at(text, start) == 'ຫ'
            && LED_BY_HO.indexOf(at(text, start + 1)) >= 0
            && (led
                || isSign(text, start + 2)
                || at(text, start + 2) == CARRIER
                || (at(text, start + 2) == GLIDE && at(text, start + 1) != GLIDE));
    if (pair) {
      return start + 2;
    }
    return isConsonant(at(text, start)) ? start + 1 : start;
  }

  private static boolean hasGlide(String text, int start, int end, boolean led) {
    if (at(text, end) != GLIDE || WITH_GLIDE.indexOf(text.charAt(start)) < 0) {
      return false;
    }
    return led ? isFinal(text, end + 1) : isSign(text, end + 1);
  }

  private static @Nullable Vowel vowel(String text, char before, int at) {
    for (int i = 0; i < VOWELS.size(); i++) {
      Vowel vowel = VOWELS.get(i);
      if (vowel.before == before && vowel.stands(text, at)) {
        return vowel;
      }
    }
    return null;
  }

  private static boolean isFinal(String text, int at) {
    return FINALS.containsKey(String.valueOf(at(text, at))) && !startsSyllable(text, at);
  }

  private static String finalAt(String text, int at) {
    return FINALS.getOrDefault(String.valueOf(text.charAt(at)), "");
  }

  /** Whether a consonant has a vowel after it; one that leads its vowel is not seen here. */
  private static boolean startsSyllable(String text, int at) {
    char next = at(text, at + 1);
    if (next == CARRIER) { // a vowel, unless it carries one itself
      return !isSign(text, at + 2) && at(text, at + 2) != CARRIER;
    }
    if (next == GLIDE) { // the vowel ua, if a final follows
      char third = at(text, at + 2);
      return isConsonant(third) && third != CARRIER && isFinal(text, at + 2);
    }
    return next == SEMIVOWEL_LO || isSign(text, at + 1);
  }

  private static boolean isSign(String text, int at) {
    return SIGNS.indexOf(at(text, at)) >= 0;
  }

  private static boolean isLiquid(String text, int at) {
    return at(text, at) == 'ລ' || at(text, at) == 'ຣ';
  }

  private static boolean isConsonant(char sign) {
    return sign >= 'ກ' && sign <= 'ຮ';
  }

  private static boolean isTone(char sign) {
    return (sign >= '\u0EC6' && sign <= '\u0ECB') || sign == '\u0EAF' || sign == '\u0EBA';
  }

  private static char at(String text, int at) {
    return at < text.length() ? text.charAt(at) : NONE;
  }

  private enum Closing {
    MUST,
    MAY,
    NEVER
  }

  private record Vowel(char before, String signs, Closing closing, String latin) {

    static Vowel of(String pattern, String latin) {
      int dash = pattern.indexOf('-');
      char last = pattern.charAt(pattern.length() - 1);
      Closing closing = last == 'x' ? Closing.MUST : last == 'o' ? Closing.MAY : Closing.NEVER;
      String signs =
          pattern.substring(dash + 1, pattern.length() - (closing == Closing.NEVER ? 0 : 1));
      return new Vowel(dash == 0 ? NONE : pattern.charAt(0), signs, closing, latin);
    }

    boolean stands(String text, int at) {
      int end = at + signs.length();
      return text.startsWith(signs, at)
          && (signs.isEmpty()
              || !isConsonant(text.charAt(end - 1))
              || !startsSyllable(text, end - 1))
          && (closing != Closing.MUST || isFinal(text, end));
    }
  }

  private static Map<String, String> letters(String part) {
    return DataFile.rows("data/names/lao_script.csv").stream()
        .filter(row -> row.get("part").equals(part))
        .collect(Collectors.toUnmodifiableMap(row -> row.get("lao"), row -> row.get("latin")));
  }

  private static List<Vowel> vowels() {
    return DataFile.rows("data/names/lao_script.csv").stream()
        .filter(row -> row.get("part").equals("vowel"))
        .map(row -> Vowel.of(row.get("lao"), row.get("latin")))
        .sorted(Comparator.comparing((Vowel vowel) -> -vowel.signs.length()))
        .toList();
  }
}
