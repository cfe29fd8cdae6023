package org.mekong.registry.log;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.log.LogException;
import org.mekong.log.TransparencyLog;
import org.mekong.log.year.LogReport;
import org.mekong.log.year.Pruning;
import org.mekong.log.year.RetainedException;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;

/** {@code /admin/v1/log}: how the log stands, and what an operator may do with it. */
@Path("/admin/v1/log")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LogAdminResource {

  private static final Logger LOG = Logger.getLogger(LogAdminResource.class);
  private static final String REPORT =
      """
      {"standing": "fresh", "servesAbroad": true, "retention": "P10Y",
       "logs": [{"origin": "vn.mekong.example/registry/2026", "current": true, "sealed": false,
         "size": 4711, "firstIndex": 0, "prunableBelow": 0,
         "checkpoint": "vn.mekong.example/registry/2026\\n4711\\n...", "cosignedSize": 4711,
         "cosignedAt": "2026-11-21T09:30:00Z", "standing": "fresh",
         "witnesses": [{"name": "LA", "cosignedSize": 4711, "age": 1, "last": "cosigned"}]}]}
      """;
  private static final String PRUNING =
      """
      {"origin": "vn.mekong.example/registry/2026", "firstIndex": 512, "entries": 512, "commitments": 498}
      """;

  private final LogAdministration administration;

  LogAdminResource(LogAdministration administration) {
    this.administration = administration;
  }

  /** Tells how the log of each year stands. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell how the log of each year stands with its witnesses")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = LogReport.class),
              examples = @ExampleObject(name = "fresh", value = REPORT)))
  public LogReport report() {
    return administration.report();
  }

  /** Prunes entries whose time is over. */
  @POST
  @Path("/prunings")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Remove entries whose time of retention is over, with what opens their commitments",
      description =
          "The tree stays, so that every checkpoint and receipt stays true. Entries go 256 at a"
              + " time; again with the same index removes what an interruption left over.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Pruning.class),
              examples = @ExampleObject(name = "two bundles", value = PRUNING)))
  @APIResponse(responseCode = "409", description = "Some of these entries may not go yet")
  public Pruning prune(
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "two bundles",
                              value = "{\"year\":2026,\"belowIndex\":512}")))
          @Nullable PruneLog body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Violations violations = new Violations();
    Integer year = body.year();
    if (year == null || year < 1000 || year > 9999) {
      violations.add("year", "range", "is no year of four digits");
    }
    Long below = body.belowIndex();
    if (below == null || below < 1) {
      violations.add("belowIndex", "range", "is no index from 1");
    }
    violations.refuse();
    if (year == null || below == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    TransparencyLog log =
        administration
            .ofYear(year)
            .orElseThrow(() -> Problem.NOT_FOUND.because("There is no log of that year."));
    try {
      return administration.prune(log, below);
    } catch (RetainedException e) {
      throw Problem.CONFLICT.because(e.getMessage() + ".", "log/retained");
    } catch (SQLException | LogException e) {
      throw unrecorded(e);
    }
  }

  /** Makes erased links unreadable in backups, too. */
  @POST
  @Path("/key-renewals")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Replace the keys that wrap what opens commitments, and destroy the old ones",
      description =
          "After erasures: until the old keys are destroyed, some minutes later, a backup of before"
              + " still opens what was erased. What is left is wrapped anew meanwhile.")
  @APIResponse(responseCode = "202", description = "The old keys are retired")
  public Response renewKeys() {
    try {
      administration.renewKeys();
      return Response.accepted().build();
    } catch (SQLException | LogException e) {
      throw unrecorded(e);
    }
  }

  private static RuntimeException unrecorded(Exception e) {
    LOG.error("What an operator asked of the log was not done, or not to its end", e);
    return Problem.NOT_RECORDED.because("The database or the log does not answer now.");
  }
}
