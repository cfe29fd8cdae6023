package org.mekong.registry.name;

import java.util.Map;
import java.util.stream.Collectors;
import org.mekong.registry.nation.DataFile;

/** The key and the sound of one word in Latin letters without marks. */
final class WordKey {

  private static final int MOST_ROUNDS = 8;
  private static final Map<String, String> SAME_NAME = aliases("name");
  private static final Map<String, String> LIKE_NAME = aliases("sound");

  private WordKey() {}

  /** The key, which is its own key. */
  static String of(String letters) {
    String word = letters;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String next = once(word);
      if (next.equals(word)) {
        break;
      }
      word = next;
    }
    return word;
  }

  /**
   * The key of a word that is known to be of many syllables, though a part of it looks like one.
   */
  static String ofMany(String letters) {
    return SpellingStage.LETTERS.rewrite(SpellingStage.SPELLING.rewrite(letters));
  }

  /** The sound of a key. */
  static String sound(String key) {
    String like = LIKE_NAME.getOrDefault(key, key);
    String sound =
        (VietnameseSyllable.is(like) ? SpellingStage.SYLLABLE : SpellingStage.SOUND).rewrite(like);
    return sound.isEmpty() ? key : sound;
  }

  private static String once(String letters) {
    String word = alias(letters);
    if (VietnameseSyllable.is(word)) {
      return alias(VietnameseSyllable.fold(word));
    }
    String spelling = alias(SpellingStage.SPELLING.rewrite(word));
    if (VietnameseSyllable.is(spelling)) {
      return alias(VietnameseSyllable.fold(spelling));
    }
    String key = SpellingStage.LETTERS.rewrite(spelling);
    return key.isEmpty() ? letters : alias(key);
  }

  private static String alias(String word) {
    return SAME_NAME.getOrDefault(word, word);
  }

  private static Map<String, String> aliases(String strength) {
    return DataFile.rows("data/names/aliases.csv").stream()
        .filter(row -> row.get("strength").equals(strength))
        .collect(Collectors.toUnmodifiableMap(row -> row.get("word"), row -> row.get("form")));
  }
}
