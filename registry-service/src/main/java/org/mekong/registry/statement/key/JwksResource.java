package org.mekong.registry.statement.key;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /.well-known/jwks.json}: the keys that statements are checked with (RFC 7517). */
@Path("/.well-known/jwks.json")
public class JwksResource {

  private static final String EXAMPLE =
      """
      {"keys":[{"kty":"EC","use":"sig","crv":"P-256","alg":"ES256",
        "kid":"Qm0b5VtbFqeSGhX0cRSbhZr7Uq5yXdVCYYzxxhmeCFA",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
      """;

  private final StatementKeys keys;

  JwksResource(StatementKeys keys) {
    this.keys = keys;
  }

  /** Lists the key that signs, the announced one, and those that signed what may still be kept. */
  @GET
  @PermitAll
  @RunOnVirtualThread
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The public keys that check this register's statements, as a JWK set")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one key", value = EXAMPLE)))
  public Response keys() throws SQLException {
    List<JWK> published = keys.published().stream().map(key -> (JWK) key.shown()).toList();
    return Response.ok(new JWKSet(published).toString(true), MediaType.APPLICATION_JSON)
        .header("Cache-Control", "public, max-age=300")
        .build();
  }
}
