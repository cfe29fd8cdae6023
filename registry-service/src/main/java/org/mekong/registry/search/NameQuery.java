package org.mekong.registry.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.NameWord;
import org.mekong.registry.search.index.IndexScan;

/**
 * A name that is searched for: each of its words has to be a word of a name that is found. Of one
 * search, and not thread-safe.
 */
final class NameQuery {

  private final List<NameWord> words;
  private final boolean partial;
  private final List<Set<String>> prefixes;
  private final List<NameWord> pairs;

  /** Many persons of a range bear the same name. */
  private final Map<String, Optional<Fit>> compared = new HashMap<>();

  private NameQuery(List<NameWord> words, boolean partial) {
    this.words = words;
    this.partial = partial;
    this.prefixes = partial ? words.stream().map(NameWord::prefixes).toList() : List.of();
    List<NameWord> joined = new ArrayList<>();
    for (int i = 0; i + 1 < words.size(); i++) {
      joined.addAll(NameKey.words(words.get(i).plain() + words.get(i + 1).plain()));
    }
    // Words of two scripts do not join into one.
    this.pairs = joined.size() == words.size() - 1 ? List.copyOf(joined) : List.of();
  }

  /**
   * Reads a name.
   *
   * @param partial whether its words may be cut short
   */
  static NameQuery of(String text, boolean partial) {
    return new NameQuery(NameKey.words(text), partial);
  }

  /** How strictly a word of the query and a word of a name are the same, the strictest first. */
  enum Strength {
    AS_WRITTEN("as_written", 100),
    WITHOUT_MARKS("without_marks", 90),
    SAME_NAME("same_name", 80),
    SOUNDS_ALIKE("sounds_alike", 55),
    PART("part", 50);

    private final String code;
    private final int share;

    Strength(String code, int share) {
      this.code = code;
      this.share = share;
    }

    /** The word in answers. */
    String code() {
      return code;
    }
  }

  /**
   * How well a name fits.
   *
   * @param weakest strength of the word that fits least
   * @param share of the points that a name as written would get, in percent
   */
  record Fit(Strength weakest, int share) {}

  /** How many words there are. */
  int size() {
    return words.size();
  }

  /** Whether words may be cut short. */
  boolean isPartial() {
    return partial;
  }

  /** For each word, what the words of the index that it may mean are, or begin with. */
  List<Set<String>> sounds() {
    List<Set<String>> sounds = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Set<String> of = new LinkedHashSet<>();
      of.add(IndexScan.word(words.get(i).sound()));
      if (partial) {
        prefixes.get(i).forEach(prefix -> of.add(IndexScan.word(prefix)));
      } else if (!pairs.isEmpty()) {
        // Kham Phone may stand as Khamphone
        of.add(IndexScan.word(pairs.get(Math.min(i, pairs.size() - 1)).sound()));
        of.add(IndexScan.word(pairs.get(Math.max(i - 1, 0)).sound()));
      }
      sounds.add(of);
    }
    return sounds;
  }

  /** The best fit among names that are parted by {@code |}; nothing when none has all words. */
  Optional<Fit> fit(String names) {
    Optional<Fit> known = compared.get(names);
    if (known == null) {
      known = best(names);
      compared.put(names, known);
    }
    return known;
  }

  private Optional<Fit> best(String names) {
    Fit best = null;
    for (String name : names.split("\\|", -1)) {
      Fit fit = fitOne(NameKey.words(name));
      if (fit != null && (best == null || fit.share > best.share)) {
        best = fit;
      }
    }
    return Optional.ofNullable(best);
  }

  private @Nullable Fit fitOne(List<NameWord> name) {
    @Nullable Strength[] fits = new @Nullable Strength[words.size()];
    boolean[] taken = new boolean[name.size()];
    for (Strength strength : Strength.values()) {
      for (int i = 0; i < fits.length; i++) {
        for (int j = 0; j < taken.length && fits[i] == null; j++) {
          if (!taken[j] && same(i, name.get(j), strength)) {
            fits[i] = strength;
            taken[j] = true;
          }
        }
      }
    }
    joinPairs(name, fits, taken);
    if (Arrays.stream(fits).anyMatch(fit -> fit == null)) {
      return null;
    }
    List<Strength> all = Arrays.stream(fits).filter(fit -> fit != null).toList();
    int sum = all.stream().mapToInt(strength -> strength.share).sum();
    int untold = 0;
    for (boolean word : taken) {
      untold += word ? 0 : 1;
    }
    // A name whose every word was asked for is ahead of one with words beside them.
    int share = sum / all.size() * (100 - 20 * untold / Math.max(1, taken.length)) / 100;
    return new Fit(Collections.max(all), share);
  }

  private void joinPairs(List<NameWord> name, @Nullable Strength[] fits, boolean[] taken) {
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = 0; j < taken.length && fits[i] == null && fits[i + 1] == null; j++) {
        if (!taken[j] && pairs.get(i).sound().equals(name.get(j).sound())) {
          boolean same = pairs.get(i).key().equals(name.get(j).key());
          fits[i] = same ? Strength.SAME_NAME : Strength.SOUNDS_ALIKE;
          fits[i + 1] = fits[i];
          taken[j] = true;
        }
      }
    }
  }

  private boolean same(int at, NameWord word, Strength strength) {
    NameWord asked = words.get(at);
    return switch (strength) {
      case AS_WRITTEN -> asked.spelled().equals(word.spelled());
      case WITHOUT_MARKS -> asked.plain().equals(word.plain());
      case SAME_NAME -> asked.key().equals(word.key());
      case SOUNDS_ALIKE -> asked.sound().equals(word.sound());
      case PART -> partial && begins(at, word);
    };
  }

  private boolean begins(int at, NameWord word) {
    return word.plain().startsWith(words.get(at).plain())
        || prefixes.get(at).stream().anyMatch(word.sound()::startsWith);
  }
}
