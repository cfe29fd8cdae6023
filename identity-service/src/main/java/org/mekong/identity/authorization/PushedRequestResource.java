package org.mekong.identity.authorization;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.PushedAuthorizationSuccessResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.oauth.ClientCertificate;
import org.mekong.identity.oauth.DpopNonces;
import org.mekong.identity.oauth.OAuthForm;
import org.mekong.identity.oauth.OAuthRefused;

/** The pushed authorization request endpoint (RFC 9126); its errors have the shape of RFC 6749. */
@Path(PushedRequestResource.PATH)
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "authorization")
public class PushedRequestResource {
  /** Where requests are pushed to. */
  public static final String PATH = "/par";

  private final Pushing pushing;
  private final IssuerAddress issuer;
  private final DpopNonces nonces;
  private final MeterRegistry meters;

  PushedRequestResource(
      Pushing pushing, IssuerAddress issuer, DpopNonces nonces, MeterRegistry meters) {
    this.pushing = pushing;
    this.issuer = issuer;
    this.nonces = nonces;
    this.meters = meters;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Push an authorization request",
      description =
          "The client authenticates as at the token endpoint. The request_uri is good for five"
              + " minutes, and for one decision of one person. With a DPoP proof or dpop_jkt the"
              + " code is bound to that key.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = PushForm.class)))
  @APIResponse(
      responseCode = "201",
      description = "The request is kept",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "kept",
                      value =
                          "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:"
                              + "6esc_11ACC5bwc014ltc14eY22c6esc_11ACC5bwc01\","
                              + "\"expires_in\":300}")))
  @APIResponse(
      responseCode = "400",
      description = "Refused (RFC 9126 section 2.3)",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "no PKCE",
                      value =
                          "{\"error\":\"invalid_request\",\"error_description\":\"code_challenge"
                              + " with code_challenge_method S256 is needed (RFC 7636).\"}")))
  @APIResponse(responseCode = "401", description = "The client is not authenticated")
  public Response push(
      @Context HttpHeaders headers, @Context HttpServerRequest connection, byte[] body) {
    String rule = "";
    Response.ResponseBuilder answer;
    try {
      OAuthForm form =
          OAuthForm.read(
              issuer.at(PATH), headers, body, ClientCertificate.of(connection), Set.of("resource"));
      switch (pushing.push(form)) {
        case Pushing.Outcome.Kept kept ->
            answer =
                Response.status(201)
                    .entity(
                        new PushedAuthorizationSuccessResponse(
                                kept.requestUri(), PushedRequests.LIFETIME.toSeconds())
                            .toJSONObject()
                            .toJSONString());
        case Pushing.Outcome.Refused refused -> {
          answer = refused(refused.error(), headers);
          rule = refused.rule();
        }
      }
    } catch (OAuthRefused refused) {
      answer = refused(refused.error(), headers);
      rule = refused.rule();
    } catch (JournalUnavailable unavailable) {
      answer = refused(OAuth2Error.TEMPORARILY_UNAVAILABLE, headers);
      rule = "journal/unavailable";
    }
    meters.counter("mekong.pushed.requests", "rule", rule.isEmpty() ? "kept" : rule).increment();
    Response.ResponseBuilder complete = answer;
    nonces.next().ifPresent(nonce -> complete.header(DpopNonces.HEADER, nonce));
    return complete
        .type(MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store")
        .header("Pragma", "no-cache")
        .build();
  }

  private static Response.ResponseBuilder refused(ErrorObject error, HttpHeaders headers) {
    int status = error.getHTTPStatusCode() > 0 ? error.getHTTPStatusCode() : 400;
    // 302 is what the library keeps for errors that go by redirect elsewhere
    Response.ResponseBuilder answer =
        Response.status(status == 302 ? 400 : status).entity(error.toJSONObject().toJSONString());
    if (status == 401 && !OAuthForm.values(headers, HttpHeaders.AUTHORIZATION).isEmpty()) {
      answer.header("WWW-Authenticate", "Basic realm=\"mekong\", error=\"invalid_client\"");
    }
    return answer;
  }
}
