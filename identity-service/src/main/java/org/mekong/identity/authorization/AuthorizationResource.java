package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.util.URLUtils;
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
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.NodeConfig;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.authorization.Authorization.Asking;
import org.mekong.identity.interaction.Browser;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.page.Language;
import org.mekong.identity.page.Pages;
import org.mekong.identity.session.Sessions;

/**
 * The authorization endpoint (RFC 6749 section 3.1), where people come by their browsers. A request
 * must have been pushed (RFC 9126); whatever else stands in the address is ignored. What cannot be
 * answered to a verified address of a client is answered by a page.
 */
@Path("/authorize")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "authorization")
public class AuthorizationResource {
  private static final int LONGEST_VALUE = 500;

  private final Authorization authorization;
  private final Journal journal;
  private final Pages pages;
  private final NodeConfig node;

  AuthorizationResource(
      Authorization authorization, Journal journal, Pages pages, NodeConfig node) {
    this.authorization = authorization;
    this.journal = journal;
    this.pages = pages;
    this.node = node;
  }

  @GET
  @Operation(
      summary = "Open a pushed request in a person's browser",
      description = "Leads to pages of this service and in the end back to the client.")
  @Parameter(name = "client_id", required = true, in = ParameterIn.QUERY)
  @Parameter(name = "request_uri", required = true, in = ParameterIn.QUERY)
  @APIResponse(
      responseCode = "303",
      description = "To the client with code, state and iss, or to a page")
  @APIResponse(responseCode = "400", description = "A page that says what is wrong")
  public Response open(@Context UriInfo uri, @Context HttpHeaders headers) {
    Map<String, List<String>> parameters =
        URLUtils.parseParameters(uri.getRequestUri().getRawQuery());
    Optional<String> clientId = only(parameters, "client_id");
    Optional<String> requestUri = only(parameters, "request_uri");
    if (clientId.isEmpty() || requestUri.isEmpty()) {
      return pages.error(400, language(headers), "request-malformed").build();
    }
    Asking asking = asking(headers);
    return answer(
        headers,
        transaction -> authorization.open(transaction, asking, clientId.get(), requestUri.get()));
  }

  /**
   * The same by a form (OpenID Connect Core section 3.1.2.1). A browser does not send our cookies
   * along with another site's form, but does with the GET that this leads to.
   */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Open a pushed request by a form")
  @APIResponse(responseCode = "303", description = "To the same request by GET")
  @APIResponse(responseCode = "400", description = "A page that says what is wrong")
  public Response openByForm(byte[] body, @Context HttpHeaders headers) {
    Map<String, List<String>> parameters =
        URLUtils.parseParameters(new String(body, StandardCharsets.UTF_8));
    Optional<String> clientId = only(parameters, "client_id");
    Optional<String> requestUri = only(parameters, "request_uri");
    if (clientId.isEmpty() || requestUri.isEmpty()) {
      return pages.error(400, language(headers), "request-malformed").build();
    }
    String query =
        URLUtils.serializeParameters(
            Map.of("client_id", List.of(clientId.get()), "request_uri", List.of(requestUri.get())));
    return to(URI.create("/authorize?" + query), Optional.empty());
  }

  @GET
  @Path("/continue")
  @Operation(hidden = true)
  public Response proceed(
      @QueryParam("interaction") @Nullable String id, @Context HttpHeaders headers) {
    if (id == null) {
      return pages.error(400, language(headers), "interaction-unknown").build();
    }
    Asking asking = asking(headers);
    return answer(headers, transaction -> authorization.proceed(transaction, asking, id));
  }

  private Response answer(HttpHeaders headers, Journal.Deed<Next> deed) {
    try {
      return switch (journal.transact(deed)) {
        case Next.Client client -> to(client.location(), Optional.empty());
        case Next.Here here -> to(URI.create(here.path()), here.newBrowser());
        case Next.Nowhere nowhere -> pages.error(400, language(headers), nowhere.what()).build();
      };
    } catch (JournalUnavailable unavailable) {
      return pages.error(503, language(headers), "unavailable").build();
    }
  }

  private static Response to(URI location, Optional<String> newBrowser) {
    // The location as it is: the framework would complete a relative one by the Host header.
    Response.ResponseBuilder response =
        Response.status(303)
            .header(HttpHeaders.LOCATION, location.toString())
            .header("Cache-Control", "no-store")
            .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .header("X-Frame-Options", "DENY");
    newBrowser.ifPresent(secret -> response.header("Set-Cookie", Browser.setCookie(secret)));
    return response.build();
  }

  private Asking asking(HttpHeaders headers) {
    return new Asking(
        Browser.of(headers), Browser.cookie(headers, Sessions.COOKIE), language(headers));
  }

  private Language language(HttpHeaders headers) {
    return Language.choose(null, headers.getAcceptableLanguages(), node.nation());
  }

  private static Optional<String> only(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.size() == 1
            && !values.getFirst().isEmpty()
            && values.getFirst().length() <= LONGEST_VALUE
        ? Optional.of(values.getFirst())
        : Optional.empty();
  }
}
