package org.mekong.registry.name;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The one normaliser of names, used where a name is created, searched for and compared. It goes in
 * three steps of strength: a word without case and marks, its key, and its {@linkplain NameWord
 * sound}. Two names are the same exactly when their keys are equal.
 *
 * <p>A key plays no regard to letter case, word order, spacing, hyphens, NFC or NFD. Vietnamese is
 * read without tones and marks, {@code đ} as {@code d}, a lone {@code y} as {@code i}, and regional
 * forms (Hoàng/Huỳnh, Vũ/Võ) as one. Lao is read in Latin letters by a rule table, and the
 * spellings that are usual in Latin are led to the same letters, so that both scripts meet. Any
 * other script is transliterated by ICU.
 *
 * <p>Pure and thread-safe. Takes any text, in time linear to its length.
 */
public final class NameKey {

  /** Raised with every change of the rules that changes a key or a sound: indexes follow it. */
  public static final int RULES = 1;

  private NameKey() {}

  /** The key of a full name; empty when nothing in it is a letter or digit. */
  public static String of(String name) {
    List<NameLetters.Run> runs = NameLetters.split(name);
    List<String> keys = new ArrayList<>(runs.size());
    for (NameLetters.Run run : runs) {
      keys.add(WordKey.of(run.letters()));
    }
    Collections.sort(keys);
    return String.join(" ", keys);
  }

  /** The words of a name in the order written. */
  public static List<NameWord> words(String name) {
    List<NameLetters.Run> runs = NameLetters.split(name);
    List<NameWord> words = new ArrayList<>(runs.size());
    for (NameLetters.Run run : runs) {
      words.add(NameWord.of(run));
    }
    return words;
  }
}
