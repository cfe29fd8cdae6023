package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenResponse;
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

/** The token endpoint (RFC 6749 section 3.2); its errors have the shape of section 5.2. */
@Path("/token")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "token")
public class TokenResource {
  private static final Set<String> REPEATABLE = Set.of("resource");

  private final TokenIssuance issuance;
  private final IssuerAddress issuer;
  private final MeterRegistry meters;
  private final DpopNonces nonces;

  TokenResource(
      TokenIssuance issuance, IssuerAddress issuer, MeterRegistry meters, DpopNonces nonces) {
    this.issuance = issuance;
    this.issuer = issuer;
    this.meters = meters;
    this.nonces = nonces;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Tokens that are bound to the caller's DPoP key or certificate",
      description =
          "Grant types: client_credentials; authorization_code (code, redirect_uri, code_verifier);"
              + " refresh_token; urn:ietf:params:oauth:grant-type:token-exchange (subject_token,"
              + " subject_token_type). With client_assertion_type and client_assertion, or"
              + " client_id and a certificate; optional scope, resource, authorization_details."
              + " Header: DPoP.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = TokenForm.class)))
  @APIResponse(
      responseCode = "200",
      description = "A token (RFC 6749 section 5.1)",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "a token",
                      value =
                          "{\"access_token\":\"eyJraWQiOi…\",\"token_type\":\"DPoP\","
                              + "\"expires_in\":300,\"scope\":\"lookup\"}")))
  @APIResponse(
      responseCode = "400",
      description = "Refused (RFC 6749 section 5.2)",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "a code that was used",
                      value = "{\"error\":\"invalid_grant\",\"error_description\":\"…\"}")))
  @APIResponse(responseCode = "401", description = "The client is not authenticated")
  public Response token(
      @Context HttpHeaders headers, @Context HttpServerRequest http, byte[] body) {
    TokenResponse answer;
    String rule = "";
    try {
      OAuthForm form =
          OAuthForm.read(
              issuer.at("/token"), headers, body, ClientCertificate.of(http), REPEATABLE);
      switch (issuance.issue(form, TokenRequestReader.read(form))) {
        case TokenIssuance.Outcome.Issued issued ->
            answer = new AccessTokenResponse(issued.tokens());
        case TokenIssuance.Outcome.Refused refused -> {
          answer = new TokenErrorResponse(refused.error());
          rule = refused.rule();
        }
      }
    } catch (OAuthRefused refused) {
      answer = new TokenErrorResponse(refused.error());
      rule = refused.rule();
    } catch (JournalUnavailable unavailable) {
      answer = new TokenErrorResponse(OAuth2Error.TEMPORARILY_UNAVAILABLE);
      rule = "journal/unavailable";
    }
    meters.counter("mekong.tokens", "rule", rule.isEmpty() ? "issued" : rule).increment();
    return response(answer, headers);
  }

  private Response response(TokenResponse answer, HttpHeaders headers) {
    Response.ResponseBuilder response =
        Response.status(status(answer))
            .entity(answer.toHTTPResponse().getBody())
            .type(MediaType.APPLICATION_JSON)
            .header("Cache-Control", "no-store")
            .header("Pragma", "no-cache");
    boolean byHeader = !OAuthForm.values(headers, HttpHeaders.AUTHORIZATION).isEmpty();
    if (byHeader && status(answer) == 401) {
      response.header("WWW-Authenticate", "Basic realm=\"mekong\", error=\"invalid_client\"");
    }
    nonces.next().ifPresent(nonce -> response.header(DpopNonces.HEADER, nonce));
    return response.build();
  }

  private static int status(TokenResponse answer) {
    if (answer.indicatesSuccess()) {
      return 200;
    }
    ErrorObject error = answer.toErrorResponse().getErrorObject();
    return error.getHTTPStatusCode() > 0 ? error.getHTTPStatusCode() : 400;
  }
}
