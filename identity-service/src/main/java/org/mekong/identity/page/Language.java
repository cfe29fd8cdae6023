package org.mekong.identity.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The languages of the pages. */
public enum Language {
  VI("Tiếng Việt"),
  LO("ລາວ"),
  EN("English");

  private final String ownName;

  Language(String ownName) {
    this.ownName = ownName;
  }

  /**
   * The language to answer in: the one asked for by the switch, else the first that the reader
   * accepts, else the nation's.
   */
  public static Language choose(@Nullable String asked, List<Locale> accepted, String nation) {
    return of(asked)
        .or(
            () ->
                accepted.stream()
                    .map(locale -> of(locale.getLanguage()))
                    .flatMap(Optional::stream)
                    .findFirst())
        .orElse(nation.equals("LA") ? LO : VI);
  }

  /** The language of a code, if it is one of ours. */
  public static Optional<Language> of(@Nullable String code) {
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
}
