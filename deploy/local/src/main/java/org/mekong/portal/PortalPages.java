package org.mekong.portal;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The pages of the portal: without script, in three languages. */
final class PortalPages {
  private static final Map<String, String> LANGUAGES = languages();
  private static final String LETTERS =
      "\"Noto Sans\",\"Noto Sans Lao\",\"Noto Sans Lao Looped\",\"Lao UI\",\"Leelawadee UI\","
          + "system-ui,sans-serif";

  private final Map<String, Map<String, String>> texts = new TreeMap<>();
  private final PortalSettings settings;
  private final Template page;
  private final String styles;

  PortalPages(PortalSettings settings) throws IOException {
    this.settings = settings;
    for (String language : LANGUAGES.keySet()) {
      ResourceBundle bundle =
          ResourceBundle.getBundle(
              "portal.texts_" + language, Locale.ROOT, PortalPages.class.getClassLoader());
      Map<String, String> own = new TreeMap<>();
      bundle.keySet().forEach(key -> own.put(key, bundle.getString(key)));
      texts.put(language, Map.copyOf(own));
    }
    this.page =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build()
            .parse(text("portal/portal.html"), Variant.forContentType(Variant.TEXT_HTML));
    this.styles = styleSheet();
  }

  private static Map<String, String> languages() {
    Map<String, String> languages = new java.util.LinkedHashMap<>();
    languages.put("vi", "Tiếng Việt");
    languages.put("lo", "ລາວ");
    languages.put("en", "English");
    return languages;
  }

  /**
   * The language to answer in: the one asked for, else the first that the reader accepts, else the
   * nation's.
   *
   * @param accepted header {@code Accept-Language}; may be empty
   */
  String language(Optional<String> asked, String accepted) {
    return asked
        .filter(LANGUAGES::containsKey)
        .or(
            () ->
                ranges(accepted).stream()
                    .map(range -> range.getRange().split("-", 2)[0])
                    .filter(LANGUAGES::containsKey)
                    .findFirst())
        .orElse(settings.nation().equals("LA") ? "lo" : "vi");
  }

  private static List<Locale.LanguageRange> ranges(String accepted) {
    try {
      return accepted.isBlank() ? List.of() : Locale.LanguageRange.parse(accepted);
    } catch (IllegalArgumentException malformed) {
      return List.of();
    }
  }

  /** The page for whoever is not signed in. */
  String welcome(String language) {
    return render(language, "welcome", Map.of());
  }

  /** The page for whoever was just signed out. */
  String signedOut(String language) {
    return render(language, "signed-out", Map.of());
  }

  /** The page that says why nobody was signed in. */
  String failed(String language, SignInFailed.Reason reason) {
    return render(language, "failed", Map.of("reason", reason.name().toLowerCase(Locale.ROOT)));
  }

  /** The page for whoever is signed in. */
  String signedIn(String language, SignedIn who) {
    Map<String, String> own = own(language);
    ZoneId zone = ZoneId.of(settings.nation().equals("LA") ? "Asia/Vientiane" : "Asia/Ho_Chi_Minh");
    DateTimeFormatter format =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.MEDIUM)
            .withLocale(Locale.of(language))
            .withZone(zone);
    return render(
        language,
        "signed-in",
        Map.of(
            "who", who,
            "level", own.getOrDefault(who.acr(), who.acr()),
            "methods",
                who.amr().stream()
                    .map(method -> own.getOrDefault("amr." + method, method))
                    .toList(),
            "time", format.format(who.authTime()),
            "idClaims", who.idClaims().entrySet(),
            "userClaims", who.userClaims().entrySet()));
  }

  /** The style sheet: GOV.UK Frontend without its letters, which are not ours to use, then ours. */
  String styles() {
    return styles;
  }

  private String render(String language, String what, Map<String, Object> data) {
    var instance =
        page.data("language", language)
            .data("languages", LANGUAGES.entrySet())
            .data("text", own(language))
            .data("nation", settings.nation())
            .data("issuer", settings.issuer().getValue())
            .data("what", what);
    data.forEach(instance::data);
    return instance.render();
  }

  private Map<String, String> own(String language) {
    return texts.getOrDefault(language, Map.of());
  }

  private static String styleSheet() throws IOException {
    Properties descriptor = new Properties();
    descriptor.load(
        new java.io.StringReader(
            text("META-INF/maven/org.webjars.npm/govuk-frontend/pom.properties")));
    String frontend =
        text("META-INF/resources/webjars/govuk-frontend/"
                + descriptor.getProperty("version")
                + "/dist/govuk/govuk-frontend.min.css")
            .replaceAll("@font-face\\{[^}]*\\}", "")
            .replaceAll("url\\(/assets/[^)]*\\)", "none")
            .replace("GDS Transport,arial,sans-serif", LETTERS);
    return frontend + "\n" + text("portal/portal.css");
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = PortalPages.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
