package org.mekong.registry.matching.job;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;

/** Runs over the register, and dry ones. */
@Path("/admin/v1/matching")
@Produces(MediaType.APPLICATION_JSON)
public class JobResource {

  private static final String RUNS = "/admin/v1/matching/runs/";
  private static final String DRY_RUNS = "/admin/v1/matching/dry-runs/";
  private static final String STARTED =
      """
      {"id":"0193a5b2-7c11-7d33-9a55-000000000001","rules":1,"rulesInForce":1,"state":"running",
       "phase":"keys","done":0,"total":1000000,"seconds":0.1,
       "result":{"compared":0,"outcomes":{},"scores":{},"changes":{},"examples":{},"skipped":{}}}
      """;
  private static final String ENDED =
      """
      {"id":"0193a5b2-7c11-7d33-9a55-000000000001","rules":2,"rulesInForce":1,"state":"done",
       "phase":"compare","done":1000000,"total":1000000,"seconds":412.5,
       "result":{"compared":53120,"outcomes":{"match":1210,"no":51402,"possible":508},
        "scores":{"14":120,"22":310},"changes":{"no>possible":37},
        "examples":{"no>possible":[{"personId":"0193a5b2-7c11-7d33-9a55-000000000002",
         "otherId":"0193a5b2-7c11-7d33-9a55-000000000003"}]},"skipped":{"phone":12}}}
      """;

  private final JobDesk desk;
  private final CurrentCaller caller;

  JobResource(JobDesk desk, CurrentCaller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** Starts a run by the rules in force. */
  @POST
  @Path("/runs")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Look for duplicates in the whole register, by the rules in force")
  @APIResponse(
      responseCode = "202",
      description = "Started; the location tells how far it is",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(name = "started", value = STARTED)))
  public Response run(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a12")
          @HeaderParam("Idempotency-Key")
          @Nullable String key)
      throws SQLException {
    return start(key, null, RUNS);
  }

  /** Tells how far a run is. */
  @GET
  @Path("/runs/{id}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell how far a run is, and what it found")
  @APIResponse(
      responseCode = "200",
      description = "The run",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(name = "started", value = STARTED)))
  public JobView progress(@PathParam("id") String id) throws SQLException {
    return find(id, false);
  }

  /** Starts a dry run. */
  @POST
  @Path("/dry-runs")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Try rules over the whole register; nothing but the result is kept")
  @APIResponse(
      responseCode = "202",
      description = "Started; the location tells how far it is",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(name = "started", value = STARTED)))
  public Response dryRun(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a13")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = StartDryRun.class),
                      examples = @ExampleObject(name = "version 1", value = "{\"rules\":1}")))
          @Nullable StartDryRun body)
      throws SQLException {
    Integer version = body == null ? null : body.rules();
    if (version == null) {
      throw Problem.invalid("rules", "required", "is missing");
    }
    return start(key, version, DRY_RUNS);
  }

  /** Tells how far a dry run is. */
  @GET
  @Path("/dry-runs/{id}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell how far a dry run is, and what the rules would change")
  @APIResponse(
      responseCode = "200",
      description = "The dry run",
      content =
          @Content(
              schema = @Schema(implementation = JobView.class),
              examples = @ExampleObject(name = "done", value = ENDED)))
  public JobView dryProgress(@PathParam("id") String id) throws SQLException {
    return find(id, true);
  }

  private Response start(@Nullable String key, @Nullable Integer tried, String path)
      throws SQLException {
    OperationKey operation = OperationKey.of(caller.get().id(), key);
    Outcome outcome = desk.start(operation, tried, path);
    return Response.status(outcome.status())
        .header("Location", outcome.location())
        .entity(outcome.body())
        .build();
  }

  private JobView find(String id, boolean dry) throws SQLException {
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw Problem.NOT_FOUND.because("There is no such job.");
    }
    return desk.find(UUID.fromString(id), dry)
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such job."));
  }
}
