package org.mekong.identity.introspection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.oauth.OAuthEndpoint;

/** The introspection endpoint (RFC 7662). */
@Path("/introspect")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "token")
public class IntrospectionResource {
  private final OAuthEndpoint endpoint;
  private final Introspection introspection;

  IntrospectionResource(OAuthEndpoint endpoint, Introspection introspection) {
    this.endpoint = endpoint;
    this.introspection = introspection;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Whether a token is good, and what it says",
      description =
          "Answered to the client that holds the token and to the service that it is meant for; to"
              + " anybody else every token is inactive. Form parameters: token, and those by which"
              + " the client authenticates.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = TokenParameter.class)))
  @APIResponse(
      responseCode = "200",
      description = "RFC 7662 section 2.2",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "not good", value = "{\"active\":false}")))
  @APIResponse(responseCode = "400", description = "Refused (RFC 6749 section 5.2)")
  @APIResponse(responseCode = "401", description = "The client is not authenticated")
  public Response introspect(
      @Context HttpHeaders headers, @Context HttpServerRequest http, byte[] body) {
    return endpoint.serve(
        "/introspect",
        headers,
        http,
        body,
        (transaction, client, form) ->
            OAuthEndpoint.json(
                200,
                introspection
                    .of(transaction.connection(), client, TokenParameter.read(form))
                    .toJSONObject()
                    .toJSONString()));
  }
}
