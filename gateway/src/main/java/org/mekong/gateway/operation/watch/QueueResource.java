package org.mekong.gateway.operation.watch;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.http.Problem;

/** {@code GET /admin/v1/queue}: how the queue of lookups stands. */
@Path("/admin/v1/queue")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration", description = "What operators do with this gateway")
public class QueueResource {

  private static final Logger LOG = Logger.getLogger(QueueResource.class);
  private static final String EXAMPLE =
      """
      {"length": 3, "peers": [{"country": "LA", "pending": 3, "underWay": 1, "tried": 2,
        "oldest": "2026-11-21T09:30:00Z", "ageSeconds": 5400,
        "nextExpiry": "2026-11-22T09:30:00Z", "answered": 117, "refused": 2, "expired": 0,
        "cancelled": 1, "failures": [{"rule": "exchange/unreachable", "count": 2}]}]}
      """;

  private final QueueWatch watch;

  @Inject
  QueueResource(QueueWatch watch) {
    this.watch = watch;
  }

  /** Tells how the queue stands. */
  @GET
  @Operation(
      operationId = "queue",
      summary = "Tells how many lookups wait for each nation, since when, and why",
      description =
          "Counts alone: neither persons nor agencies. A nation that does not answer lets its queue"
              + " grow and nothing else; the readiness of this gateway does not depend on it.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = QueueView.class),
              examples = @ExampleObject(name = "a nation is silent", value = EXAMPLE)))
  public QueueView queue() {
    try {
      return watch.view();
    } catch (SQLException e) {
      LOG.error("The queue cannot be counted", e);
      throw Problem.unavailable("The queue cannot be counted now.");
    }
  }
}
