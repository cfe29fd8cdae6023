package org.mekong.registry.operation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;

/** {@code GET /v1/operations/{key}}: what became of a request whose answer was lost. */
@Path("/v1/operations/{key}")
@Produces(MediaType.APPLICATION_JSON)
public class OperationResource {

  private final Operations operations;
  private final CurrentCaller caller;

  OperationResource(Operations operations, CurrentCaller caller) {
    this.operations = operations;
    this.caller = caller;
  }

  /** The first outcome, as it was answered then; 404 when nothing was done. */
  @GET
  @RolesAllowed({Roles.PERSON_WRITE, Roles.DUPLICATE_REVIEW, Roles.ADMIN})
  @Operation(summary = "Tell what became of one's own request, by its idempotency key")
  public Response find(@PathParam("key") String key) throws SQLException {
    Outcome outcome =
        operations
            .find(OperationKey.of(caller.get().id(), key))
            .orElseThrow(
                () ->
                    Problem.NOT_FOUND.because(
                        "No request with this key has been carried out: it is safe to send it."));
    return Response.ok(outcome.body()).header("Location", outcome.location()).build();
  }
}
