package org.mekong.identity.page;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mekong.identity.NodeConfig;

/**
 * Makes answers of pages: the frame with its texts, and headers by which nothing but our own style
 * sheet is loaded, no other site frames the page or sees where its reader came from, and nothing of
 * it is kept.
 */
@Singleton
public class Pages {
  private static final Texts TEXTS = new Texts("pages.texts");

  private final Template error;
  private final String nation;
  private final ZoneId zone;

  Pages(@Location("error.html") Template error, NodeConfig node) {
    this.error = error;
    this.nation = node.nation();
    this.zone = node.timeZone();
  }

  /** A day as its reader writes it, where this node is. */
  public String date(Instant moment, Language language) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(Locale.of(language.code()))
        .withZone(zone)
        .format(moment);
  }

  /** The texts in a language, by key. */
  public Map<String, String> texts(Language language) {
    return TEXTS.in(language);
  }

  /**
   * An answer with a page.
   *
   * @param self address of the same page, to which the language switch adds {@code lang}
   * @param leadsTo where a form of the page may lead in the end, besides this site
   */
  public Response.ResponseBuilder answer(
      int status, Template page, Language language, String self, Optional<URI> leadsTo) {
    return answer(status, page, language, self, leadsTo, Map.of());
  }

  /**
   * An answer with a page that shows data.
   *
   * @param data by name, besides {@code language}, {@code languages}, {@code text}, {@code nation},
   *     {@code styles} and {@code self}
   */
  public Response.ResponseBuilder answer(
      int status,
      Template page,
      Language language,
      String self,
      Optional<URI> leadsTo,
      Map<String, ?> data) {
    var instance =
        page.data("language", language)
            .data("languages", Language.values())
            .data("text", texts(language))
            .data("nation", nation)
            .data("styles", StyleSheet.PATH)
            .data("self", self);
    data.forEach(instance::data);
    return Response.status(status)
        .entity(instance.render())
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", policy(leadsTo))
        .header("X-Frame-Options", "DENY")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Content-Language", language.code())
        .header("Cache-Control", "no-store");
  }

  /**
   * A page that says what is wrong and that nothing was done.
   *
   * @param what key of the text that says it
   */
  public Response.ResponseBuilder error(int status, Language language, String what) {
    return answer(
        status,
        error,
        language,
        "",
        Optional.empty(),
        Map.of("what", texts(language).get(what), "advice", texts(language).get(what + ".advice")));
  }

  /** A browser holds a form to {@code form-action} along every redirect that follows it. */
  private static String policy(Optional<URI> leadsTo) {
    return "default-src 'none'; style-src 'self'; base-uri 'none';"
        + " frame-ancestors 'none'; form-action 'self'"
        + leadsTo.map(uri -> " " + origin(uri)).orElse("");
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
