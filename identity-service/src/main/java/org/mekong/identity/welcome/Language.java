package org.mekong.identity.welcome;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The languages of the pages. */
enum Language {
  VI("Tiếng Việt"),
  LO("ລາວ"),
  EN("English");

  private final String ownName;
  private final Map<String, String> texts = new TreeMap<>();

  Language(String ownName) {
    this.ownName = ownName;
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "welcome.texts_" + code(), Locale.ROOT, Language.class.getClassLoader());
    bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
  }

  /**
   * The language to answer in: the one asked for by the switch, else the first that the reader
   * accepts, else the nation's.
   */
  static Language choose(@Nullable String asked, List<Locale> accepted, String nation) {
    return of(asked)
        .or(
            () ->
                accepted.stream()
                    .map(locale -> of(locale.getLanguage()))
                    .flatMap(Optional::stream)
                    .findFirst())
        .orElse(nation.equals("LA") ? LO : VI);
  }

  private static Optional<Language> of(@Nullable String code) {
    return Arrays.stream(values()).filter(language -> language.code().equals(code)).findFirst();
  }

  /** ISO 639-1 code. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What its speakers call it. */
  public String ownName() {
    return ownName;
  }

  /** Texts of the page by key. */
  public Map<String, String> texts() {
    return texts;
  }
}
