package org.mekong.identity.logout;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.mekong.identity.NodeConfig;

/** The page of signing out, without script, in three languages. */
@Singleton
class LogoutPage {
  private static final List<String> LANGUAGES = List.of("vi", "lo", "en");

  private final Template page;
  private final String ownLanguage;
  private final Map<String, Map<String, String>> texts = new HashMap<>();

  LogoutPage(@Location("logout.html") Template page, NodeConfig node) {
    this.page = page;
    this.ownLanguage = node.nation().equals("LA") ? "lo" : "vi";
    for (String language : LANGUAGES) {
      ResourceBundle bundle =
          ResourceBundle.getBundle(
              "logout.texts_" + language, Locale.ROOT, LogoutPage.class.getClassLoader());
      Map<String, String> own = new HashMap<>();
      bundle.keySet().forEach(key -> own.put(key, bundle.getString(key)));
      texts.put(language, Map.copyOf(own));
    }
  }

  /** The language asked for, else the first that the reader accepts, else the nation's. */
  String language(String asked, HttpHeaders headers) {
    return LANGUAGES.contains(asked)
        ? asked
        : headers.getAcceptableLanguages().stream()
            .map(Locale::getLanguage)
            .filter(LANGUAGES::contains)
            .findFirst()
            .orElse(ownLanguage);
  }

  /**
   * An answer with the page.
   *
   * @param what {@code ask}, {@code over} or {@code refused}
   * @param leadsTo where the form may lead in the end, besides this site
   * @param hidden fields of the form
   */
  Response.ResponseBuilder answer(
      int status, String language, String what, Optional<URI> leadsTo, Map<String, String> hidden) {
    String html =
        page.data("language", language)
            .data("what", what)
            .data("say", texts.get(language))
            .data("hidden", hidden.entrySet())
            .render();
    return Response.status(status)
        .entity(html)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
                + " form-action 'self'"
                + leadsTo
                    .map(uri -> " " + uri.getScheme() + "://" + uri.getRawAuthority())
                    .orElse(""))
        .header("X-Frame-Options", "DENY")
        .header("Content-Language", language)
        .header("Cache-Control", "no-store");
  }
}
