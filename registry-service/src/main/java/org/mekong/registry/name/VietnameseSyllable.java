package org.mekong.registry.name;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The syllables of Vietnamese without marks. Each word of a Vietnamese name is one, and hardly any
 * Lao word: so the two are told apart, and what is one name in Lao spellings does not make one of
 * two names in Vietnamese.
 */
final class VietnameseSyllable {

  private static final String[] ONSETS = {
    "", "b", "ch", "d", "gi", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v",
    "x"
  };

  /** Written otherwise before e, i and y. */
  private static final String[] BEFORE_BACK = {"c", "g", "ng"};

  private static final String[] BEFORE_FRONT = {"k", "gh", "ngh", "g"};

  private static final String[] RIMES =
      ("a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem"
              + " ien ieng iep iet ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap"
              + " oat oay oc oe oen oeo oet oi om on ong op ot u ua uan uang uat uay uc ue uech uenh"
              + " ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn"
              + " uynh uyt uyu y yem yen yet yeu")
          .split(" ", -1);

  private static final String[] AFTER_QU =
      ("a ac ach ai an ang anh ao at au ay e en eo et ech enh i ich in inh it o oc oi on y yen yet"
              + " ynh yt")
          .split(" ", -1);

  private static final Set<String> ALL =
      Stream.of(
              Arrays.stream(ONSETS).flatMap(onset -> join(onset, RIMES)),
              Arrays.stream(BEFORE_BACK)
                  .flatMap(onset -> join(onset, RIMES).filter(word -> !isFront(onset, word))),
              Arrays.stream(BEFORE_FRONT)
                  .flatMap(onset -> join(onset, RIMES).filter(word -> isFront(onset, word))),
              join("qu", AFTER_QU))
          .flatMap(words -> words)
          .collect(Collectors.toUnmodifiableSet());

  private VietnameseSyllable() {}

  /** Whether a word in small letters without marks is one syllable of Vietnamese. */
  static boolean is(String word) {
    return word.length() <= 7 && ALL.contains(word);
  }

  /** Writes the vowel of {@code ly}, {@code quy} and {@code y} as {@code i}. */
  static String fold(String syllable) {
    int last = syllable.length() - 1;
    boolean vowel =
        syllable.charAt(last) == 'y'
            && (last == 0 || "aeou".indexOf(syllable.charAt(last - 1)) < 0 || isQu(syllable));
    return vowel ? syllable.substring(0, last) + "i" : syllable;
  }

  private static boolean isQu(String syllable) {
    return syllable.length() == 3 && syllable.startsWith("qu");
  }

  private static Stream<String> join(String onset, String[] rimes) {
    return Arrays.stream(rimes).map(rime -> onset + rime);
  }

  private static boolean isFront(String onset, String word) {
    return "eiy".indexOf(word.charAt(onset.length())) >= 0;
  }
}
