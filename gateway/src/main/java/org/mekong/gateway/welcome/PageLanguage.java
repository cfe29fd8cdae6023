package org.mekong.gateway.welcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A language that pages are written in. */
public enum PageLanguage {
  VI("Tiếng Việt"),
  LO("ພາສາລາວ"),
  EN("English");

  private final String ownName;
  private final Map<String, String> texts;

  PageLanguage(String ownName) {
    this.ownName = ownName;
    this.texts = read("/welcome/" + name().toLowerCase(Locale.ROOT) + ".properties");
  }

  /** The BCP 47 tag. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What its speakers call it. */
  public String ownName() {
    return ownName;
  }

  /** The page's texts by name. */
  public Map<String, String> texts() {
    return texts;
  }

  /** The language asked for by the switch, else the first accepted one, else English. */
  static PageLanguage choose(@Nullable String asked, List<Locale> accepted) {
    return of(asked)
        .or(
            () ->
                accepted.stream().flatMap(locale -> of(locale.getLanguage()).stream()).findFirst())
        .orElse(EN);
  }

  private static Optional<PageLanguage> of(@Nullable String tag) {
    return Arrays.stream(values()).filter(language -> language.tag().equals(tag)).findFirst();
  }

  private static Map<String, String> read(String file) {
    try (InputStream stream = PageLanguage.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("The page's texts are missing: " + file);
      }
      Properties texts = new Properties();
      texts.load(new InputStreamReader(stream, UTF_8));
      return texts.stringPropertyNames().stream()
          .collect(Collectors.toUnmodifiableMap(name -> name, texts::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
