package org.mekong.identity.userinfo;

import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.account.Account;
import org.mekong.identity.account.Role;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;
import org.mekong.resourceserver.token.VerifiedAccess;

/** The userinfo endpoint, by GET and POST; the token comes in the header alone (FAPI 2.0). */
@Path("/userinfo")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY) // its tokens have another audience: see PersonAccess
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "token")
@SecurityRequirement(name = ApiDescription.DPOP)
public class UserInfoResource {
  private static final String EXAMPLE =
      "{\"sub\":\"3bZ1k0cXo9mJx2u8mE4s7Vw1c5m6yqYt0b7q2eQv3xk\",\"account_kind\":\"officer\","
          + "\"roles\":[\"registrar\"],\"office\":\"Desk 4\"}";

  private final PersonAccess persons;

  UserInfoResource(PersonAccess persons) {
    this.persons = persons;
  }

  @GET
  @Operation(summary = "Who signed in, as this client knows them")
  @APIResponse(
      responseCode = "200",
      description = "OpenID Connect Core section 5.3.2",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "an officer", value = EXAMPLE)))
  @APIResponse(responseCode = "401", description = "The token or its proof is not good")
  @APIResponse(responseCode = "403", description = "The token does not carry the scope openid")
  public Response get(@Context HttpHeaders headers, @Context HttpServerRequest http) {
    return answer("GET", headers, http);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Who signed in, as this client knows them")
  @APIResponse(
      responseCode = "200",
      description = "OpenID Connect Core section 5.3.2",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "an officer", value = EXAMPLE)))
  @APIResponse(responseCode = "401", description = "The token or its proof is not good")
  @APIResponse(responseCode = "403", description = "The token does not carry the scope openid")
  public Response post(@Context HttpHeaders headers, @Context HttpServerRequest http, byte[] body) {
    return answer("POST", headers, http);
  }

  private Response answer(String method, HttpHeaders headers, HttpServerRequest http) {
    try {
      PersonAccess.Known known = persons.authorise(method, headers, http);
      return Response.ok(describe(known.access(), known.account()).toJSONObject().toJSONString())
          .header("Cache-Control", "no-store")
          .build();
    } catch (AccessRefused refused) {
      AccessRule rule = refused.rule();
      throw Problem.of(rule.status(), rule.advice())
          .withHeader("WWW-Authenticate", rule.challenge())
          .build();
    }
  }

  private static UserInfo describe(VerifiedAccess access, Account account) {
    UserInfo info = new UserInfo(new Subject(access.subject()));
    info.setClaim("account_kind", account.kind().word());
    if (!account.roles().isEmpty()) {
      info.setClaim("roles", account.roles().stream().map(Role::word).sorted().toList());
    }
    if (!account.office().isEmpty()) {
      info.setClaim("office", account.office());
    }
    return info;
  }
}
