package org.mekong.registry.statistics.check;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;

/** {@code /admin/v1/statistics/checks}: whether the figures are what the register holds. */
@Path("/admin/v1/statistics/checks")
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {

  private static final String VIEW =
      """
      {"id":"019b76da-a800-7000-8000-000000000001","state":"done",
       "startedAt":"2026-01-05T18:00:00Z","finishedAt":"2026-01-05T18:00:41Z",
       "persons":1000000,"figures":268114,"differences":0}""";
  private static final String RUNNING =
      """
      {"id":"019b76da-a800-7000-8000-000000000001","state":"running",
       "startedAt":"2026-01-05T18:00:00Z"}""";

  private final CheckDesk checks;

  CheckResource(CheckDesk checks) {
    this.checks = checks;
  }

  /** Starts counting. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Count the register anew, in the background, and compare with the figures kept",
      description = "Reads every life once, beside the register's work. One check runs at a time.")
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema = @Schema(implementation = CheckView.class),
              examples = @ExampleObject(name = "started", value = RUNNING)))
  @APIResponse(responseCode = "409", description = "One runs already")
  public Response start() throws SQLException {
    CheckView started =
        checks
            .start()
            .orElseThrow(() -> Problem.CONFLICT.because("The figures are being checked."));
    return Response.accepted(started)
        .header("Location", "/admin/v1/statistics/checks/" + started.id())
        .build();
  }

  /** Tells of all checks. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the last hundred checks of the figures, the latest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one", value = "[" + VIEW + "]")))
  public List<CheckView> all() throws SQLException {
    return checks.all();
  }

  /** Tells how a check ended. */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell what a check of the figures found")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "nothing differs", value = VIEW)))
  public CheckView check(@PathParam("id") String id) throws SQLException {
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw absent();
    }
    return checks.find(UUID.fromString(id)).orElseThrow(CheckResource::absent);
  }

  private static HttpProblem absent() {
    return Problem.NOT_FOUND.because("There is no such check.");
  }
}
