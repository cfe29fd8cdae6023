package org.mekong.identity.page;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The texts of a group of pages, by language and key. Every language has every key. */
public final class Texts {
  private final Map<Language, Map<String, String>> texts = new EnumMap<>(Language.class);

  /**
   * Reads them.
   *
   * @param bundle base name of the resource files, to which the language's code is added
   * @throws IllegalStateException when a language lacks a key that another has
   */
  public Texts(String bundle) {
    for (Language language : Language.values()) {
      ResourceBundle read =
          ResourceBundle.getBundle(
              bundle + "_" + language.code(), Locale.ROOT, Texts.class.getClassLoader());
      Map<String, String> own = new TreeMap<>();
      read.keySet().forEach(key -> own.put(key, read.getString(key)));
      texts.put(language, own);
    }
    Map<String, String> first = in(Language.VI);
    if (!texts.values().stream().allMatch(own -> own.keySet().equals(first.keySet()))) {
      throw new IllegalStateException(bundle + ": the languages do not have the same keys");
    }
  }

  /** The texts in a language, by key. */
  public Map<String, String> in(Language language) {
    return Map.copyOf(texts.get(language));
  }
}
