package org.mekong.registry.welcome;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.nation.NationProfile;

/** {@code GET /}: names the service and its nation, and links what there is to see. */
@Path("/")
public class WelcomeResource {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  private final Template page;
  private final NationProfile profile;
  private final Clock clock;

  WelcomeResource(@Location("welcome.html") Template page, NationProfile profile, Clock clock) {
    this.page = page;
    this.profile = profile;
    this.clock = clock;
  }

  /** The page, in the language of the switch or of the browser. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermitAll
  @Operation(hidden = true)
  public Response welcome(
      @QueryParam("lang") @Nullable String asked, @Context HttpHeaders headers) {
    PageLanguage language = PageLanguage.choose(asked, headers.getAcceptableLanguages());
    String html =
        page.data("language", language)
            .data("languages", PageLanguage.values())
            .data("text", language.texts())
            .data("nation", profile.nation().name())
            .data("year", LocalDate.now(clock.withZone(profile.zone())).getYear())
            .render();
    return Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", POLICY)
        .header("Content-Language", language.tag())
        .header("Vary", "Accept-Language")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
