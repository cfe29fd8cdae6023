package org.mekong.registry.statistics.release;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.log.AdministrativeEntry;
import org.mekong.registry.nation.NodeConfig;
import org.mekong.registry.problem.Problem;

/** {@code /admin/v1/statistics/releases}. */
@Path("/admin/v1/statistics/releases")
@Produces(MediaType.APPLICATION_JSON)
public class ReleaseResource {

  private static final String VIEW =
      "{\"release\":\"2026-01\",\"edition\":12,\"releasedAt\":\"2025-12-31T17:00:20Z\"}";

  private final DataSource database;
  private final Releases releases;
  private final NodeConfig node;
  private final AdministrativeEntry entries;

  ReleaseResource(
      DataSource database, Releases releases, NodeConfig node, AdministrativeEntry entries) {
    this.database = database;
    this.releases = releases;
    this.node = node;
    this.entries = entries;
  }

  /** Tells what is published. */
  @GET
  @Path("/current")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell which release of statistics is published")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one", value = VIEW)))
  public ReleaseView current() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Releases.current(connection)
          .map(ReleaseView::of)
          .orElseThrow(() -> Problem.NOT_FOUND.because("No statistics are released yet."));
    }
  }

  /**
   * Publishes anew within a month. Who reads statistics before and after one event could see that
   * it happened, so a node that serves real people does not.
   */
  @POST
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Make the release of this month anew, on a node for trying out",
      description =
          "A node in production releases at the first of each month and at no other time.")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "made", value = VIEW)))
  @APIResponse(responseCode = "409", description = "The node is in production, or one is made now")
  public ReleaseView make() throws SQLException {
    if (node.production()) {
      throw Problem.CONFLICT.because(
          "This register holds real people: statistics come at the first of each month.",
          "mekong.production");
    }
    boolean made =
        releases.makeAnew(
            transaction -> entries.append(transaction, "statistics_released", Map.of()));
    if (!made) {
      throw Problem.CONFLICT.because("A release is being made.");
    }
    return current();
  }
}
