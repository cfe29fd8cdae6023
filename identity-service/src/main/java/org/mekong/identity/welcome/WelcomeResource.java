package org.mekong.identity.welcome;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.Texts;

/** The page at the root, without script. */
@Path("/")
@RequiresScope(RequiresScope.ANYBODY)
public class WelcomeResource {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final Texts TEXTS = new Texts("welcome.texts");

  private final Template page;
  private final NodeConfig node;
  private final IssuerAddress issuer;
  private final Journal journal;

  WelcomeResource(
      @Location("welcome.html") Template page,
      NodeConfig node,
      IssuerAddress issuer,
      Journal journal) {
    this.page = page;
    this.node = node;
    this.issuer = issuer;
    this.journal = journal;
  }

  @GET
  @Operation(hidden = true)
  public Response welcome(
      @QueryParam("lang") @Nullable String asked, @Context HttpHeaders headers) {
    Language language = Language.choose(asked, headers.getAcceptableLanguages(), node.nation());
    String html =
        page.data("language", language)
            .data("languages", Language.values())
            .data("text", TEXTS.in(language))
            .data("nation", node.nation())
            .data("issuer", issuer.issuer())
            .data("log", "/log/" + journal.log().currentLogYear())
            .data("origin", journal.origin())
            .render();
    return Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Content-Security-Policy", POLICY)
        .header("Content-Language", language.code())
        .header("Vary", "Accept-Language")
        .header("Cache-Control", "no-cache")
        .build();
  }
}
