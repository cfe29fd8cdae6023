package org.mekong.identity.key;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.RequiresScope;

/** The public keys of this issuer, as a JWK set (RFC 7517). */
@Path("/jwks")
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "discovery")
public class KeysResource {
  private final SigningKeys keys;

  KeysResource(SigningKeys keys) {
    this.keys = keys;
  }

  @GET
  @Operation(summary = "The public keys that verify tokens")
  public Response keys() {
    return Response.ok(keys.published().toString(), MediaType.APPLICATION_JSON)
        .header("Cache-Control", "public, max-age=300")
        .build();
  }
}
