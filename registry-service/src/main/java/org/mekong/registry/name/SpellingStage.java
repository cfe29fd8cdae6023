package org.mekong.registry.name;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.DataFile;

/** The stages of {@code data/names/latin_spelling.csv}, which says what they mean. */
enum SpellingStage {
  SPELLING,
  LETTERS,
  SOUND,
  SYLLABLE;

  private static final int MOST_PASSES = 4;

  private final List<List<Rule>> byFirst = new ArrayList<>();

  SpellingStage() {
    for (char letter = 'a'; letter <= 'z'; letter++) {
      byFirst.add(new ArrayList<>());
    }
    for (Map<String, String> row : DataFile.rows("data/names/latin_spelling.csv")) {
      if (row.get("stage").equals(name().toLowerCase(Locale.ROOT))) {
        Rule rule = Rule.of(row);
        byFirst.get(rule.from.charAt(0) - 'a').add(rule);
      }
    }
    byFirst.forEach(rules -> rules.sort(Comparator.comparing(rule -> -rule.from.length())));
  }

  /** Rewrites a word until nothing changes. */
  String rewrite(String word) {
    String now = word;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      String next = pass(now);
      if (next.equals(now)) {
        break;
      }
      now = next;
    }
    return now;
  }

  private String pass(String word) {
    StringBuilder out = new StringBuilder(word.length() + 2);
    boolean vowelBefore = false;
    int at = 0;
    while (at < word.length()) {
      int from = out.length();
      Rule rule = fitting(word, at, out, vowelBefore);
      if (rule == null) {
        char sign = word.charAt(at);
        boolean doubled = isLetter(sign) && from > 0 && out.charAt(from - 1) == sign;
        if (!doubled) {
          out.append(sign);
        }
        at++;
      } else {
        out.append(rule.to);
        at += rule.from.length();
      }
      for (int i = from; i < out.length() && !vowelBefore; i++) {
        vowelBefore = isVowel(out.charAt(i));
      }
    }
    return out.toString();
  }

  private @Nullable Rule fitting(String word, int at, StringBuilder before, boolean vowelBefore) {
    if (!isLetter(word.charAt(at))) {
      return null;
    }
    List<Rule> rules = byFirst.get(word.charAt(at) - 'a');
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).fits(word, at, before, vowelBefore)) {
        return rules.get(i);
      }
    }
    return null;
  }

  private record Rule(String from, String to, String before, String after) {

    static Rule of(Map<String, String> row) {
      return new Rule(row.get("from"), row.get("to"), row.get("before"), row.get("after"));
    }

    boolean fits(String word, int at, StringBuilder out, boolean vowelBefore) {
      int end = at + from.length();
      return word.startsWith(from, at)
          && stands(before, out.isEmpty() ? '^' : out.charAt(out.length() - 1), vowelBefore)
          && stands(after, end == word.length() ? '$' : word.charAt(end), false);
    }

    private static boolean stands(String choice, char sign, boolean vowelBefore) {
      boolean stands = choice.isEmpty();
      for (int i = 0; i < choice.length() && !stands; i++) {
        stands =
            switch (choice.charAt(i)) {
              case 'V' -> isVowel(sign);
              case 'C' -> isConsonant(sign);
              case 'S' -> isConsonant(sign) && vowelBefore;
              default -> choice.charAt(i) == sign;
            };
      }
      return stands;
    }
  }

  private static boolean isVowel(char sign) {
    return sign == 'a' || sign == 'e' || sign == 'i' || sign == 'o' || sign == 'u';
  }

  /** Not y, which is both and stands for itself in the rules. */
  private static boolean isConsonant(char sign) {
    return isLetter(sign) && !isVowel(sign) && sign != 'y';
  }

  private static boolean isLetter(char sign) {
    return sign >= 'a' && sign <= 'z';
  }
}
