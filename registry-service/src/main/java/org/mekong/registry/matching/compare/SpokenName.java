package org.mekong.registry.matching.compare;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.NameWord;
import org.mekong.registry.name.PersonName;

/**
 * A name as it is compared: its parts, each in several strengths, and the whole in any order of its
 * words.
 */
public record SpokenName(
    Part given, @Nullable Part middle, @Nullable Part family, String wholeKey, String wholeSound) {

  /**
   * A part of a name. Texts that are equal in one strength are equal in all that follow.
   *
   * @param spelled as written, in small letters
   * @param plain without marks
   * @param key what two spellings of the same name have in common
   * @param sound what it sounds like
   */
  public record Part(String spelled, String plain, String key, String sound) {

    /** Whether marks tell this from other names of the same letters. */
    boolean isMarked() {
      return !spelled.equals(plain);
    }
  }

  /** How a name is compared. */
  public static SpokenName of(PersonName name) {
    String whole = name.full(true);
    return new SpokenName(
        part(name.given()),
        name.middle() == null ? null : part(name.middle()),
        name.family() == null ? null : part(name.family()),
        NameKey.of(whole),
        sound(whole));
  }

  private static Part part(String text) {
    List<NameWord> words = NameKey.words(text);
    return new Part(
        joined(words, NameWord::spelled),
        joined(words, NameWord::plain),
        joined(words, NameWord::key),
        joined(words, NameWord::sound));
  }

  /** What a text sounds like, in any order of its words. */
  static String sound(String text) {
    return joined(NameKey.words(text), NameWord::sound);
  }

  private static String joined(List<NameWord> words, Function<NameWord, String> strength) {
    return words.stream().map(strength).sorted().collect(Collectors.joining(" "));
  }
}
