package org.mekong.gateway.webhook;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.http.Problem;

/** {@code /v1/webhooks}: where the calling client hears what became of its operations. */
@Path("/v1/webhooks")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation", description = "Lookups whose callers do not wait")
public class WebhookResource {

  private static final Logger LOG = Logger.getLogger(WebhookResource.class);
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Of the webhook in examples. */
  public static final String ID = "01932f6e-1f2a-7c3b-8d4e-5f6071829304";

  private static final String CREATE = "{\"url\": \"https://example.com/lookups\"}";
  private static final String SHOWN =
      """
      {"id": "01932f6e-1f2a-7c3b-8d4e-5f6071829304", "url": "https://example.com/lookups",
       "state": "active", "createdAt": "2026-11-21T09:30:00.123456Z", "waiting": 0, "given": 0}
      """;
  private static final String MADE =
      """
      {"id": "01932f6e-1f2a-7c3b-8d4e-5f6071829304", "url": "https://example.com/lookups",
       "state": "active", "createdAt": "2026-11-21T09:30:00.123456Z", "waiting": 0, "given": 0,
       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD0k3P0ZVQ3ys="}
      """;
  private static final String LIST = "{\"webhooks\": [" + SHOWN + "]}";

  private final WebhookDesk desk;
  private final CallingAgency caller;

  @Inject
  WebhookResource(WebhookDesk desk, CallingAgency caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** Sets a webhook up. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createWebhook",
      summary = "Sets up where the calling client hears which of its operations are final",
      description =
          "Messages follow Standard Webhooks 1.0.0: {\"type\": \"operation.finished\", \"timestamp\","
              + " \"data\": {\"webhook\", \"operation\", \"state\", \"location\"}}; nothing of what"
              + " was asked or answered. The secret is shown in this answer and never again.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = CreateWebhook.class),
              examples = @ExampleObject(name = "a webhook", value = CREATE)))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = Webhook.class),
              examples = @ExampleObject(name = "with its secret", value = MADE)))
  @APIResponse(responseCode = "409", description = "There is one at this URL, or too many")
  public Response create(@Nullable CreateWebhook body) {
    return answering(() -> made(desk.create(client(), present(body))));
  }

  /** The webhooks of the client. */
  @GET
  @Operation(operationId = "webhooks", summary = "The webhooks of the calling client")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = WebhookList.class),
              examples = @ExampleObject(name = "one", value = LIST)))
  public Response list() {
    return answering(() -> Response.ok(desk.list(client())).build());
  }

  /** One of them. */
  @GET
  @Path("/{id}")
  @Operation(operationId = "webhook", summary = "One webhook of the calling client")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Webhook.class),
              examples = @ExampleObject(name = "a webhook", value = SHOWN)))
  @APIResponse(responseCode = "404", description = "This client has no such webhook")
  public Response find(@Parameter(example = ID) @PathParam("id") String id) {
    return answering(() -> Response.ok(desk.find(client(), read(id))).build());
  }

  /** Lets one go on. */
  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeWebhook",
      summary = "Lets a webhook go on that has stopped",
      description = "One stops by itself when its receiver answers 410.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = ChangeWebhook.class),
              examples = @ExampleObject(name = "go on", value = "{\"state\": \"active\"}")))
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Webhook.class),
              examples = @ExampleObject(name = "a webhook", value = SHOWN)))
  @APIResponse(responseCode = "404", description = "This client has no such webhook")
  public Response change(
      @Parameter(example = ID) @PathParam("id") String id, @Nullable ChangeWebhook body) {
    return answering(() -> Response.ok(desk.change(client(), read(id), present(body))).build());
  }

  /** Renews its secret. */
  @POST
  @Path("/{id}/secrets")
  @Operation(
      operationId = "renewWebhookSecret",
      summary = "Gives a webhook a new secret",
      description =
          "Until formerSecretUntil every message carries two signatures, one by the secret before."
              + " The secret is shown in this answer and never again.")
  @RequestBody(
      required = true,
      description = "An empty object",
      content = @Content(examples = @ExampleObject(name = "a new one", value = "{}")))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = Webhook.class),
              examples = @ExampleObject(name = "with its secret", value = MADE)))
  @APIResponse(responseCode = "404", description = "This client has no such webhook")
  public Response renew(@Parameter(example = ID) @PathParam("id") String id) {
    return answering(() -> made(desk.renew(client(), read(id))));
  }

  /** Ends one. */
  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "endWebhook",
      summary = "Ends a webhook",
      description = "Its secrets are deleted, and what waits is not delivered any more.")
  @APIResponse(responseCode = "204", description = "It is ended")
  @APIResponse(responseCode = "404", description = "This client has no such webhook")
  public Response end(@Parameter(example = ID) @PathParam("id") String id) {
    return answering(
        () -> {
          desk.end(client(), read(id));
          return Response.noContent().build();
        });
  }

  private String client() {
    return caller.get().clientId();
  }

  private static Response made(Webhook webhook) {
    return Response.status(Response.Status.CREATED)
        .header("Location", "/v1/webhooks/" + webhook.id())
        .header("Cache-Control", "no-store")
        .entity(webhook)
        .build();
  }

  /** What a request asks for. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    Response done() throws SQLException;
  }

  /** Does what is asked for, or says that it cannot be done now. */
  public static Response answering(Work work) {
    try {
      return work.done();
    } catch (SQLException e) {
      LOG.error("Webhooks cannot be read or written", e);
      throw Problem.unavailable("Webhooks cannot be read or written now.");
    }
  }

  /** The body, which has to be there. */
  public static <T> T present(@Nullable T body) {
    if (body == null) {
      throw Problem.malformed("The body is missing.");
    }
    return body;
  }

  /** The webhook that a path names. */
  public static UUID read(String id) {
    return key(id).orElseThrow(WebhookDesk::absent);
  }

  /** A key as it is written here; empty when it is none. */
  public static Optional<UUID> key(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
