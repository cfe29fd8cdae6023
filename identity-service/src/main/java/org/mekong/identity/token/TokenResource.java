package org.mekong.identity.token;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.IssuerAddress;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.JournalUnavailable;

/** The token endpoint (RFC 6749 section 3.2); its errors have the shape of section 5.2. */
@Path("/token")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "token")
public class TokenResource {
  private final TokenIssuance issuance;
  private final IssuerAddress issuer;
  private final MeterRegistry meters;

  TokenResource(TokenIssuance issuance, IssuerAddress issuer, MeterRegistry meters) {
    this.issuance = issuance;
    this.issuer = issuer;
    this.meters = meters;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "A DPoP-bound access token by client_credentials and private_key_jwt",
      description =
          "Form parameters: grant_type=client_credentials, client_assertion_type, client_assertion;"
              + " optional scope, resource, authorization_details. Header: DPoP.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = TokenForm.class)))
  @APIResponse(responseCode = "200", description = "A token (RFC 6749 section 5.1)")
  @APIResponse(responseCode = "400", description = "Refused (RFC 6749 section 5.2)")
  @APIResponse(responseCode = "401", description = "The client is not authenticated")
  public Response token(@Context HttpHeaders headers, byte[] body) {
    TokenResponse answer;
    String rule = "";
    try {
      TokenRequest request =
          TokenRequestReader.read(
              issuer.at("/token"),
              headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
              values(headers, HttpHeaders.AUTHORIZATION),
              body);
      switch (issuance.issue(request, values(headers, "DPoP"))) {
        case TokenIssuance.Outcome.Issued issued ->
            answer = new AccessTokenResponse(issued.tokens());
        case TokenIssuance.Outcome.Refused refused -> {
          answer = new TokenErrorResponse(refused.error());
          rule = refused.rule();
        }
      }
    } catch (TokenRefused refused) {
      answer = new TokenErrorResponse(refused.error());
      rule = refused.rule();
    } catch (JournalUnavailable unavailable) {
      answer = new TokenErrorResponse(OAuth2Error.TEMPORARILY_UNAVAILABLE);
      rule = "journal/unavailable";
    }
    meters.counter("mekong.tokens", "rule", rule.isEmpty() ? "issued" : rule).increment();
    return response(answer, headers);
  }

  private static Response response(TokenResponse answer, HttpHeaders headers) {
    Response.ResponseBuilder response =
        Response.status(status(answer))
            .entity(answer.toHTTPResponse().getBody())
            .type(MediaType.APPLICATION_JSON)
            .header("Cache-Control", "no-store")
            .header("Pragma", "no-cache");
    boolean byHeader = !values(headers, HttpHeaders.AUTHORIZATION).isEmpty();
    if (byHeader && status(answer) == 401) {
      response.header("WWW-Authenticate", "Basic realm=\"mekong\", error=\"invalid_client\"");
    }
    return response.build();
  }

  private static int status(TokenResponse answer) {
    if (answer.indicatesSuccess()) {
      return 200;
    }
    ErrorObject error = answer.toErrorResponse().getErrorObject();
    return error.getHTTPStatusCode() > 0 ? error.getHTTPStatusCode() : 400;
  }

  private static List<String> values(HttpHeaders headers, String name) {
    return Objects.requireNonNullElse(headers.getRequestHeader(name), List.of());
  }
}
