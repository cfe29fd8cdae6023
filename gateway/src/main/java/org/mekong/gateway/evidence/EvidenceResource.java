package org.mekong.gateway.evidence;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.http.Problem;
import org.mekong.log.LogException;

/** {@code GET /v1/evidence/{requestId}}: what proves a lookup, for the agency that asked. */
@Path("/v1/evidence")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lookup", description = "Questions of this nation's agencies to other nations")
public class EvidenceResource {

  private static final Logger LOG = Logger.getLogger(EvidenceResource.class);
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String BUNDLE =
      """
      {"version": 1, "requestId": "01932f6e-1f2a-7c3b-8d4e-5f6071829304",
       "signedRequest": "eyJhbGciOiJFUzI1NiIs...", "signedAnswer": "eyJhbGciOiJFUzI1NiIs...",
       "gateways": {"LA": {"keys": [{"kty": "EC", "crv": "P-256", "kid": "la-gateway-2026",
         "x": "...", "y": "..."}]}, "VN": {"keys": []}},
       "legs": [{"leg": "request", "proof": "c2sp.org/tlog-proof@v1\\n..."},
                {"leg": "answer", "proof": "c2sp.org/tlog-proof@v1\\n..."}],
       "peerReceipt": "c2sp.org/tlog-proof@v1\\n..."}
      """;

  private final Evidence evidence;
  private final CallingAgency caller;

  @Inject
  EvidenceResource(Evidence evidence, CallingAgency caller) {
    this.evidence = evidence;
    this.caller = caller;
  }

  /** The evidence on a lookup. */
  @GET
  @Path("/{requestId}")
  @Operation(
      operationId = "evidence",
      summary = "The evidence on a lookup, in one file that anybody verifies offline",
      description =
          "For the agency that asked, as long as gateway.evidence.retention. Whoever else asks, and"
              + " for whatever else, is answered 404. Verify it with `mekong verify`.")
  @APIResponse(
      responseCode = "200",
      description = "The evidence bundle, version 1",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "an answer", value = BUNDLE)))
  @APIResponse(responseCode = "404", description = "There is none for this agency")
  public Response bundle(@PathParam("requestId") String requestId) {
    try {
      Optional<Map<String, Object>> bundle =
          UUID_TEXT.matcher(requestId).matches()
              ? evidence.bundle(UUID.fromString(requestId), caller.get().id())
              : Optional.empty();
      return Response.ok(bundle.orElseThrow(EvidenceResource::absent))
          .header("Cache-Control", "no-store")
          .build();
    } catch (SQLException | LogException e) {
      LOG.error("Evidence could not be put together", e);
      throw Problem.unavailable("The evidence cannot be put together now.");
    }
  }

  private static RuntimeException absent() {
    return Problem.of(
            "not-found",
            404,
            "Nothing here",
            "There is no evidence on such a request for this agency, or no longer.",
            "Fetch it soon after the lookup, as the agency that asked; the answer itself holds"
                + " signedRequest, signedAnswer and receipt.")
        .build();
  }
}
