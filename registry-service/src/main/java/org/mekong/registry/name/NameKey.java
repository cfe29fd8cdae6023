package org.mekong.registry.name;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one normaliser: two spellings of a name are the same exactly when their keys are equal.
 * Vietnamese is read without tones and marks, {@code đ} as {@code d}, {@code y} as {@code i}, with
 * the northern and southern forms of Hoàng/Huỳnh and Vũ/Võ as one; Lao without tone marks. Letter
 * case, word order, spacing and NFC/NFD play no part. Pure and thread-safe.
 */
public final class NameKey {

  private static final Map<String, String> ALIASES = Map.of("huinh", "hoang", "vo", "vu");

  private NameKey() {}

  /** The key of a full name; empty when nothing in it is a letter. */
  public static String of(String name) {
    String decomposed = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(decomposed.length());
    decomposed.codePoints().forEach(point -> fold(point, folded));
    return Arrays.stream(folded.toString().split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> ALIASES.getOrDefault(word, word))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static void fold(int point, StringBuilder into) {
    if (point == 'đ' || point == 'ð') {
      into.append('d');
    } else if (point == 'y') {
      into.append('i');
    } else if (isLaoVowelMark(point) || Character.isLetterOrDigit(point)) {
      into.appendCodePoint(point);
    } else if (Character.getType(point) != Character.NON_SPACING_MARK) {
      into.append(' ');
    }
  }

  /** Lao writes vowels as marks, which carry the name; only its tone marks may go. */
  private static boolean isLaoVowelMark(int point) {
    return (point >= 0x0EB0 && point <= 0x0EBC) || point == 0x0ECD;
  }
}
