package org.mekong.registry.webhook;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
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
import org.mekong.registry.problem.Problem;

/** {@code /admin/v1/webhooks}. */
@Path("/admin/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WebhookResource {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final String TAG = "\"0193a5b2-7c11-7d33-9a55-000000000001.1\"";

  private final WebhookDesk desk;
  private final CurrentCaller caller;

  WebhookResource(WebhookDesk desk, CurrentCaller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** Sets a webhook up. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Have the change feed sent to a system",
      description =
          "By Standard Webhooks: signed, at least once, in order. The secret is shown in this answer"
              + " and never again; a repeated request with the same key is answered without it. The"
              + " URL is https and leads to public addresses, now and at every delivery.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "created", value = WebhookExamples.CREATED)))
  public Response create(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a12")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = CreateWebhook.class),
                      examples = {
                        @ExampleObject(name = "some changes", value = WebhookExamples.CREATE),
                        @ExampleObject(name = "all changes", value = WebhookExamples.CREATE_ALL)
                      }))
          @Nullable CreateWebhook body)
      throws SQLException {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    return made(desk.create(OperationKey.of(caller.get().id(), key), body));
  }

  /** Lists them. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the webhooks, also those that are ended")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = WebhookPage.class),
              examples = @ExampleObject(name = "one", value = WebhookExamples.PAGE)))
  public WebhookPage list(
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "20") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    return desk.list(cursor, limit);
  }

  /** Shows one. */
  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Show a webhook and where it stands")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "a webhook", value = WebhookExamples.SHOWN)))
  @APIResponse(responseCode = "404", description = "There is no such webhook")
  public Response find(@PathParam("id") String id) throws SQLException {
    return tagged(desk.find(key(id)));
  }

  /** Changes one. */
  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Change a webhook, pause it, or let it go on",
      description =
          "What is left out stays; an empty list stands for all. State active also lets a webhook go"
              + " on that has stopped by itself.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "a webhook", value = WebhookExamples.SHOWN)))
  @APIResponse(responseCode = "404", description = "There is no such webhook, or it is ended")
  @APIResponse(responseCode = "412", description = "It was changed meanwhile")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public Response change(
      @PathParam("id") String id,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ChangeWebhook.class),
                      examples = {
                        @ExampleObject(name = "deaths only", value = WebhookExamples.CHANGE),
                        @ExampleObject(name = "pause", value = WebhookExamples.PAUSE)
                      }))
          @Nullable ChangeWebhook body)
      throws SQLException {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    return tagged(desk.change(key(id), ifMatch, body));
  }

  /** Ends one. */
  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "End a webhook",
      description = "Its secrets are deleted, and what waits is not delivered any more.")
  @APIResponse(responseCode = "204", description = "It is ended")
  @APIResponse(responseCode = "404", description = "There is no such webhook, or it is ended")
  @APIResponse(responseCode = "412", description = "It was changed meanwhile")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public void end(
      @PathParam("id") String id,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String ifMatch)
      throws SQLException {
    desk.end(key(id), ifMatch);
  }

  /** Renews the secret. */
  @POST
  @Path("/{id}/secrets")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Give a webhook a new secret",
      description =
          "Until formerSecretUntil every message carries two signatures, one by the secret before."
              + " The secret is shown in this answer and never again.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "renewed", value = WebhookExamples.RENEWED)))
  @APIResponse(responseCode = "404", description = "There is no such webhook, or it is ended")
  public Response renew(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a13")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @PathParam("id") String id)
      throws SQLException {
    return made(desk.renew(OperationKey.of(caller.get().id(), key), key(id)));
  }

  private static Response tagged(WebhookView webhook) {
    return Response.ok(webhook).header("ETag", webhook.tag()).build();
  }

  private static Response made(WebhookDesk.Made made) {
    return Response.status(Response.Status.CREATED)
        .location(made.location())
        .header("ETag", made.webhook().tag())
        .header("Cache-Control", "no-store")
        .entity(made.webhook())
        .build();
  }

  /** The key in a path. */
  public static UUID key(String id) {
    if (!UUID_TEXT.matcher(id).matches()) {
      throw Problem.NOT_FOUND.because("There is no such webhook.");
    }
    return UUID.fromString(id);
  }
}
