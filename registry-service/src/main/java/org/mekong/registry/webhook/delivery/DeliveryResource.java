package org.mekong.registry.webhook.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.webhook.WebhookResource;

/** What was sent to a webhook, and what is to be sent again. */
@Path("/admin/v1/webhooks/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeliveryResource {

  private static final String PAGE =
      """
      {"deliveries":[
        {"id":"0193a5b2-7c11-7d33-9a55-000000000002","first":4701,"last":4711,"entries":3,
         "state":"pending","attempts":2,"outcome":"refused","status":503,
         "createdAt":"2026-03-02T08:15:31.123456Z","attemptedAt":"2026-03-02T08:15:37.123456Z"}]}
      """;
  private static final String REPLAYED =
      """
      {"webhook":"0193a5b2-7c11-7d33-9a55-000000000001","position":4711,"revived":2}
      """;

  private final DeliveryDesk desk;

  DeliveryResource(DeliveryDesk desk) {
    this.desk = desk;
  }

  /** Lists deliveries. */
  @GET
  @Path("/deliveries")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "List what was sent to a webhook and what became of it, the latest first",
      description = "State dead lists the dead letters. What was sent is told by its stretch.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = DeliveryPage.class),
              examples = @ExampleObject(name = "one that waits", value = PAGE)))
  @APIResponse(responseCode = "404", description = "There is no such webhook")
  public DeliveryPage list(
      @PathParam("id") String id,
      @Parameter(description = "pending, delivered, dead or replaced", example = "dead")
          @QueryParam("state")
          @Nullable String state,
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "20") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    return desk.list(WebhookResource.key(id), state, cursor, limit);
  }

  /** Begins deliveries again. */
  @POST
  @Path("/replays")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Deliver again: dead letters, or everything behind a cursor",
      description =
          "Dead letters keep their webhook-id. Behind a cursor new messages are made, what waits is"
              + " given up for them, and a webhook that has stopped goes on. Doing it again is"
              + " harmless.")
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema = @Schema(implementation = ReplayView.class),
              examples = @ExampleObject(name = "two dead letters", value = REPLAYED)))
  @APIResponse(responseCode = "404", description = "There is no such webhook, or it is ended")
  @APIResponse(responseCode = "409", description = "There is no such dead letter")
  @APIResponse(responseCode = "410", description = "What follows the cursor is not kept any more")
  @APIResponse(responseCode = "422", description = "The cursor is of another feed or filter")
  public Response replay(
      @PathParam("id") String id,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = Replay.class),
                      examples = {
                        @ExampleObject(name = "all dead letters", value = "{\"dead\":true}"),
                        @ExampleObject(name = "from now on", value = "{\"after\":\"latest\"}")
                      }))
          @Nullable Replay body)
      throws SQLException {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    return Response.accepted(desk.replay(WebhookResource.key(id), body)).build();
  }
}
