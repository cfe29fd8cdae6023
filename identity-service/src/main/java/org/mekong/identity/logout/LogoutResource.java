package org.mekong.identity.logout;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.session.Session;
import org.mekong.identity.session.Sessions;
import org.mekong.identity.subject.PairwiseNames;

/**
 * The end-session endpoint. An application that shows an ID token of the very session signs the
 * person out; for anybody else the person is asked, because a link is not a wish.
 */
@Path("/logout")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
public class LogoutResource {
  private static final String CONFIRMED = "decision";

  private final Ending ending;
  private final Journal journal;
  private final LogoutPage page;

  LogoutResource(Ending ending, Journal journal, LogoutPage page) {
    this.ending = ending;
    this.journal = journal;
    this.page = page;
  }

  /** What a logout needs to know and do. */
  @jakarta.inject.Singleton
  record Ending(
      LogoutWishes wishes, Sessions sessions, SessionEnd sessionEnd, PairwiseNames names) {}

  private sealed interface Step {
    /** The session is over, or there was none. */
    record Over(LogoutWish wish) implements Step {}

    /** The person is to be asked. */
    record Ask(LogoutWish wish) implements Step {}

    /** The request is not good. */
    record No() implements Step {}
  }

  @GET
  @Operation(summary = "Sign out (OpenID Connect RP-Initiated Logout)", hidden = true)
  public Response get(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @CookieParam(Sessions.COOKIE) @Nullable String cookie) {
    return serve(new LinkedHashMap<>(uri.getQueryParameters()), headers, cookie, false);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Sign out (OpenID Connect RP-Initiated Logout)", hidden = true)
  public Response post(
      @Context HttpHeaders headers,
      @CookieParam(Sessions.COOKIE) @Nullable String cookie,
      byte[] body) {
    Map<String, List<String>> parameters = new LinkedHashMap<>(form(headers, body));
    boolean confirmed = parameters.remove(CONFIRMED) != null && !isForeign(headers);
    return serve(parameters, headers, cookie, confirmed);
  }

  private Response serve(
      Map<String, List<String>> parameters,
      HttpHeaders headers,
      @Nullable String cookie,
      boolean confirmed) {
    String asked = one(parameters.get("lang"));
    String language =
        page.language(asked.isEmpty() ? one(parameters.get("ui_locales")) : asked, headers);
    parameters.remove("lang");
    Step step = journal.transact(transaction -> step(transaction, parameters, cookie, confirmed));
    return switch (step) {
      case Step.No no -> page.answer(400, language, "refused", Optional.empty(), Map.of()).build();
      case Step.Ask ask ->
          page.answer(200, language, "ask", ask.wish().returnTo(), hidden(parameters, language))
              .build();
      case Step.Over over -> over(over.wish(), language);
    };
  }

  private Step step(
      Transaction transaction,
      Map<String, List<String>> parameters,
      @Nullable String cookie,
      boolean confirmed)
      throws SQLException {
    LogoutWish wish;
    try {
      wish = ending.wishes().read(transaction.connection(), parameters);
    } catch (LogoutWishes.Refused refused) {
      return new Step.No();
    }
    Optional<Session> session = ending.sessions().current(transaction.connection(), cookie);
    if (session.isEmpty()) {
      return new Step.Over(wish);
    }
    if (!confirmed && !isOf(wish, session.get())) {
      return new Step.Ask(wish);
    }
    ending.sessionEnd().end(transaction, session.get(), "signed-out");
    return new Step.Over(wish);
  }

  private boolean isOf(LogoutWish wish, Session session) {
    return wish.client().isPresent()
        && wish.session().isPresent()
        && ending.names().session(wish.client().get(), session.id()).equals(wish.session().get());
  }

  private Response over(LogoutWish wish, String language) {
    Response.ResponseBuilder answer;
    if (wish.returnTo().isPresent()) {
      UriBuilder target = UriBuilder.fromUri(wish.returnTo().get());
      wish.state().ifPresent(state -> target.queryParam("state", "{state}"));
      URI address = target.build(wish.state().map(Object::toString).orElse(""));
      answer = Response.seeOther(address).header("Cache-Control", "no-store");
    } else {
      answer = page.answer(200, language, "over", Optional.empty(), Map.of());
    }
    return answer.header("Set-Cookie", Sessions.clearedCookie()).build();
  }

  private static Map<String, List<String>> form(HttpHeaders headers, byte[] body) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED)
        ? URLUtils.parseParameters(new String(body, StandardCharsets.UTF_8))
        : Map.of();
  }

  /** Whether the browser says that another site sent it (Fetch Metadata). */
  private static boolean isForeign(HttpHeaders headers) {
    String site = headers.getHeaderString("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin");
  }

  /** What was asked, and the language that the person reads it in. */
  private static Map<String, String> hidden(Map<String, List<String>> parameters, String language) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("lang", language);
    parameters.forEach((name, values) -> fields.put(name, one(values)));
    return fields;
  }

  private static String one(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }
}
