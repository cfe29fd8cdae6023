package org.mekong.gateway.webhook.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.webhook.WebhookResource;

/** What was sent to a webhook of the calling client, and what is to be sent again. */
@Path("/v1/webhooks/{id}")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation", description = "Lookups whose callers do not wait")
public class DeliveryResource {

  private static final String PAGE =
      """
      {"deliveries": [
        {"id": "0193a5b2-7c11-7d33-9a55-000000000002",
         "operation": "01932f6e-1f2a-7c3b-8d4e-5f6071829304", "operationState": "answered",
         "state": "dead", "attempts": 10, "outcome": "refused", "status": 503,
         "createdAt": "2026-11-21T09:30:00.123456Z",
         "attemptedAt": "2026-11-22T17:02:11.654321Z"}]}
      """;
  private static final String REPLAYED =
      "{\"webhook\": \"" + WebhookResource.ID + "\", \"revived\": 2}";

  private final DeliveryDesk desk;
  private final CallingAgency caller;

  @Inject
  DeliveryResource(DeliveryDesk desk, CallingAgency caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** Lists deliveries. */
  @GET
  @Path("/deliveries")
  @Operation(
      operationId = "webhookDeliveries",
      summary = "What was sent to a webhook and what became of it, the latest first",
      description = "State dead lists the dead letters. Kept for 30 days.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = DeliveryPage.class),
              examples = @ExampleObject(name = "a dead letter", value = PAGE)))
  @APIResponse(responseCode = "404", description = "This client has no such webhook")
  public Response list(
      @Parameter(example = WebhookResource.ID) @PathParam("id") String id,
      @Parameter(description = "pending, delivered or dead", example = "dead") @QueryParam("state")
          @Nullable String state,
      @Parameter(description = "next of the page before") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "20") @QueryParam("limit")
          @Nullable String limit) {
    return WebhookResource.answering(
        () ->
            Response.ok(
                    desk.list(
                        caller.get().clientId(), WebhookResource.read(id), state, cursor, limit))
                .build());
  }

  /** Begins deliveries again. */
  @POST
  @Path("/replays")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "replayWebhook",
      summary = "Delivers dead letters again, one of them or all",
      description =
          "They keep their webhook-id. A webhook that has stopped has to go on first, by PATCH."
              + " Doing it again is harmless.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = Replay.class),
              examples = {
                @ExampleObject(name = "all dead letters", value = "{\"dead\": true}"),
                @ExampleObject(
                    name = "one of them",
                    value = "{\"delivery\": \"0193a5b2-7c11-7d33-9a55-000000000002\"}")
              }))
  @APIResponse(
      responseCode = "202",
      content =
          @Content(
              schema = @Schema(implementation = ReplayView.class),
              examples = @ExampleObject(name = "two dead letters", value = REPLAYED)))
  @APIResponse(responseCode = "404", description = "This client has no such webhook")
  @APIResponse(responseCode = "409", description = "There is no such dead letter")
  public Response replay(
      @Parameter(example = WebhookResource.ID) @PathParam("id") String id, @Nullable Replay body) {
    return WebhookResource.answering(
        () ->
            Response.accepted(
                    desk.replay(
                        caller.get().clientId(),
                        WebhookResource.read(id),
                        WebhookResource.present(body)))
                .build());
  }
}
