package org.mekong.identity.withdrawal;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.Secrets;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.client.RegisterClient;
import org.mekong.identity.interaction.Browser;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.PageForm;
import org.mekong.identity.page.Pages;
import org.mekong.identity.session.Sessions;

/**
 * The page of what people allow applications. It is theirs who are signed in, and nobody else's.
 */
@Path("/consents")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
public class ConsentsPage {
  private final Template page;
  private final Pages pages;
  private final Withdrawal withdrawal;
  private final NodeConfig node;

  ConsentsPage(
      @Location("consents.html") Template page,
      Pages pages,
      Withdrawal withdrawal,
      NodeConfig node) {
    this.page = page;
    this.pages = pages;
    this.withdrawal = withdrawal;
    this.node = node;
  }

  @GET
  @Operation(hidden = true)
  public Response show(
      @QueryParam("lang") @Nullable String lang,
      @QueryParam("withdrawn") @Nullable String withdrawn,
      @Context HttpHeaders headers) {
    Language language = language(lang, headers);
    try {
      return shown(language, headers, withdrawn != null);
    } catch (JournalUnavailable unavailable) {
      return pages.error(503, language, "unavailable").build();
    }
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  public Response withdraw(byte[] body, @Context HttpHeaders headers) {
    PageForm form = PageForm.read(headers, body);
    Language language = language(form.field("lang"), headers);
    Optional<String> cookie = cookie(headers);
    if (PageForm.isForeign(headers) || cookie.filter(own -> isOf(own, form)).isEmpty()) {
      return pages.error(403, language, "foreign-form").build();
    }
    String client = form.field("client");
    if (!RegisterClient.ID.matcher(client).matches()) {
      return pages.error(400, language, "request-malformed").build();
    }
    try {
      return withdrawal.withdraw(cookie, client)
          ? Response.status(303)
              .header(HttpHeaders.LOCATION, "/consents?withdrawn=1&lang=" + language.code())
              .header("Cache-Control", "no-store")
              .build()
          : pages.error(403, language, "nobody").build();
    } catch (JournalUnavailable unavailable) {
      return pages.error(503, language, "unavailable").build();
    }
  }

  private Response shown(Language language, HttpHeaders headers, boolean withdrawn) {
    Optional<String> cookie = cookie(headers);
    Optional<List<Withdrawal.Shown>> shown = withdrawal.shown(cookie, language);
    return shown.isEmpty()
        ? pages.error(403, language, "nobody").build()
        : pages
            .answer(
                200,
                page,
                language,
                "/consents?",
                Optional.empty(),
                Map.of(
                    "consents", shown.get(),
                    "withdrawn", withdrawn,
                    "proof", proof(cookie.orElseThrow())))
            .build();
  }

  /** What the form holds besides the cookie, so that no other site can make one. */
  private static String proof(String cookie) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.digest("form " + cookie));
  }

  private static boolean isOf(String cookie, PageForm form) {
    return MessageDigest.isEqual(
        Secrets.digest(proof(cookie)), Secrets.digest(form.field("proof")));
  }

  private Language language(@Nullable String asked, HttpHeaders headers) {
    return Language.choose(asked, headers.getAcceptableLanguages(), node.nation());
  }

  private static Optional<String> cookie(HttpHeaders headers) {
    return Browser.cookie(headers, Sessions.COOKIE);
  }
}
