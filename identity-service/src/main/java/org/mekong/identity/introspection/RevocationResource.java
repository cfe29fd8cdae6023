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
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.client.Client;
import org.mekong.identity.issued.IssuedTokens;
import org.mekong.identity.issued.RefreshTokens;
import org.mekong.identity.issued.Revocations;
import org.mekong.identity.journal.Transaction;
import org.mekong.identity.oauth.OAuthEndpoint;
import org.mekong.resourceserver.token.VerifiedAccess;

/** The revocation endpoint (RFC 7009): a client gives back its own token. */
@Path("/revoke")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "token")
public class RevocationResource {
  private final OAuthEndpoint endpoint;
  private final RefreshTokens refreshTokens;
  private final IssuedTokens tokens;
  private final Revocations revocations;

  RevocationResource(
      OAuthEndpoint endpoint,
      RefreshTokens refreshTokens,
      IssuedTokens tokens,
      Revocations revocations) {
    this.endpoint = endpoint;
    this.refreshTokens = refreshTokens;
    this.tokens = tokens;
    this.revocations = revocations;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Give a token back",
      description =
          "With a refresh token goes all that came of its grant. A token that is not known, not"
              + " good or another client's is answered alike.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = TokenParameter.class)))
  @APIResponse(responseCode = "200", description = "It is not good, or not good any more")
  @APIResponse(responseCode = "400", description = "Refused (RFC 6749 section 5.2)")
  @APIResponse(responseCode = "401", description = "The client is not authenticated")
  public Response revoke(
      @Context HttpHeaders headers, @Context HttpServerRequest http, byte[] body) {
    return endpoint.serve(
        "/revoke",
        headers,
        http,
        body,
        (transaction, client, form) -> {
          revoke(transaction, client, TokenParameter.read(form));
          return Response.ok().header("Cache-Control", "no-store").build();
        });
  }

  private void revoke(Transaction transaction, Client client, String token) throws SQLException {
    Optional<UUID> grant = refreshTokens.grantOf(transaction.connection(), token, client.id());
    if (grant.isPresent()) {
      revocations.revokeGrant(transaction, grant.get(), "client");
      return;
    }
    Optional<VerifiedAccess> access =
        tokens
            .good(transaction.connection(), token)
            .filter(good -> good.clientId().equals(client.id()));
    if (access.isPresent()) {
      revocations.revokeToken(
          transaction, access.get().text("jti").orElseThrow(), access.get().expiresAt());
    }
  }
}
