package org.mekong.registry.name;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a text into words, each of one script, and writes each in small Latin letters without
 * marks. What is no letter, mark or digit parts words; format characters are passed over.
 */
final class NameLetters {

  private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCInstance();
  private static final int LAST_LATIN = 0x1EFF;

  /** Words are read up to here; a register holds none of more than 100 characters. */
  private static final int LONGEST = 300;

  private static final String[] LATIN = latin();

  private NameLetters() {}

  /** What a word is written in. */
  enum Script {
    LATIN,
    LAO,
    OTHER
  }

  /**
   * One word.
   *
   * @param text as written (NFKC)
   * @param letters Latin letters a to z and digits; never empty
   */
  record Run(Script script, String text, String letters) {

    /** Without marks, in its own script. */
    String plain() {
      return script == Script.LAO ? LaoScript.plain(text) : letters;
    }
  }

  /** The words of a text in their order. */
  static List<Run> split(String text) {
    String composed = COMPATIBLE.isNormalized(text) ? text : COMPATIBLE.normalize(text);
    List<Run> runs = new ArrayList<>(4);
    StringBuilder word = new StringBuilder();
    Script script = Script.LATIN;
    int width;
    for (int at = 0; at < composed.length(); at += width) {
      int point = composed.codePointAt(at);
      width = Character.charCount(point);
      int type = Character.getType(point);
      if (type == Character.FORMAT) {
        continue;
      }
      boolean mark = isMark(type) && !LaoScript.writes(point);
      boolean letter = mark ? !word.isEmpty() : Character.isLetterOrDigit(point) || isMark(type);
      Script written = mark ? script : script(point, script, word.isEmpty());
      if ((!letter || written != script) && !word.isEmpty()) {
        add(script, word, runs);
      }
      if (letter) {
        script = written;
        word.appendCodePoint(point);
      }
    }
    if (!word.isEmpty()) {
      add(script, word, runs);
    }
    return runs;
  }

  private static Script script(int point, Script before, boolean first) {
    if (point >= '0' && point <= '9') {
      return first ? Script.LATIN : before;
    }
    if (point <= LAST_LATIN && LATIN[point] != null) {
      return Script.LATIN;
    }
    return LaoScript.writes(point) ? Script.LAO : Script.OTHER;
  }

  private static void add(Script script, StringBuilder word, List<Run> runs) {
    String text = word.substring(0, Math.min(word.length(), LONGEST));
    word.setLength(0);
    switch (script) {
      case LATIN -> addRun(script, text, fold(text), runs);
      case LAO -> addRun(script, text, LaoScript.romanise(text), runs);
      case OTHER -> {
        for (String part : OtherScript.romanise(text).split("[^a-z0-9]+", -1)) {
          addRun(script, text, part, runs);
        }
      }
    }
  }

  private static void addRun(Script script, String text, String letters, List<Run> runs) {
    if (!letters.isEmpty()) {
      runs.add(new Run(script, text, letters));
    }
  }

  private static String fold(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (sign >= 'a' && sign <= 'z') {
        letters.append(sign);
      } else if (sign <= LAST_LATIN && LATIN[sign] != null) {
        letters.append(LATIN[sign]);
      }
    }
    return letters.toString();
  }

  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Small Latin letters for each Latin letter and digit, as ICU writes it in ASCII. */
  private static String[] latin() {
    Transliterator ascii = Transliterator.getInstance("NFD; [:Mn:] Remove; Latin-ASCII; Lower");
    String[] letters = new String[LAST_LATIN + 1];
    for (int point = '0'; point <= LAST_LATIN; point++) {
      boolean latin =
          point <= '9'
              || (Character.isLetter(point)
                  && Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN);
      if (latin) {
        String written = ascii.transliterate(Character.toString(point)).toLowerCase(Locale.ROOT);
        if (written.matches("[a-z0-9]+")) {
          letters[point] = written;
        }
      }
    }
    return letters;
  }

  /** Loaded when somebody first writes in a script that is neither Latin nor Lao. */
  private static final class OtherScript {

    private static final Transliterator TO_LATIN =
        Transliterator.getInstance("Any-Latin; NFD; [:Mn:] Remove; Latin-ASCII; Lower");

    static String romanise(String text) {
      return TO_LATIN.transliterate(text);
    }
  }
}
