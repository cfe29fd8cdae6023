package org.mekong.registry.permission.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.permission.policy.PolicyKind;
import org.mekong.registry.purpose.PurposeBody;

/**
 * {@code /admin/v1/purposes}: the purposes for which persons may be read, for the register's
 * administrator.
 */
@Path("/admin/v1/purposes")
@Produces(MediaType.APPLICATION_JSON)
public class PurposeResource {

  private static final String KEY = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a31";
  private static final String CODE = "pension";
  private static final String TAG = "\"purpose:pension:1\"";
  private static final String NEW =
      """
      {"code":"pension","description":"Pay pensions",
       "legalBases":["Illustrative: the law on social insurance"],
       "validFrom":"2026-01-01","validUntil":"2031-12-31","acrossBorder":true}
      """;
  private static final String VIEW =
      """
      {"code":"pension","description":"Pay pensions",
       "legalBases":["Illustrative: the law on social insurance"],
       "validFrom":"2026-01-01","validUntil":"2031-12-31","acrossBorder":true,
       "version":1,"ended":false,"changedBy":"mekong-administrator",
       "changedAt":"2026-11-22T08:00:00Z"}
      """;

  private final PolicyCounter counter;

  PurposeResource(PolicyCounter counter) {
    this.counter = counter;
  }

  /** Lists them by code, ended ones among them. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the purposes for which persons may be read, by code")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"items\":[" + VIEW + "],\"next\":\"cHVycG9zZSBwZW5zaW9u\"}")))
  public PolicyPage<PurposeBody> list(
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "50") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    return counter.list(PolicyKind.PURPOSE, PurposeBody.class, cursor, limit);
  }

  /** Reads one; its ETag is what a change needs. */
  @GET
  @Path("/{code}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Read a purpose")
  @APIResponse(
      responseCode = "200",
      description = "The newest version, its ETag in the header",
      content =
          @Content(
              schema = @Schema(implementation = PurposeBody.class),
              examples = @ExampleObject(name = "one", value = VIEW)))
  public Response get(@Parameter(example = CODE) @PathParam("code") String code)
      throws SQLException {
    return counter.get(PolicyKind.PURPOSE, PurposeBody.class, code);
  }

  /** Lists every version of one, the newest first: who changed what, and when. */
  @GET
  @Path("/{code}/versions")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the versions of a purpose, the newest first")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(examples = @ExampleObject(name = "one", value = "{\"items\":[" + VIEW + "]}")))
  public PolicyPage<PurposeBody> versions(
      @Parameter(example = CODE) @PathParam("code") String code,
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "50") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    return counter.versions(PolicyKind.PURPOSE, PurposeBody.class, code, cursor, limit);
  }

  /** Adds one. Repeating the request with its key returns the first outcome. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Add a purpose, and tell the log",
      description = "A purpose alone permits nothing: a permission has to name it.")
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content =
          @Content(
              schema = @Schema(implementation = PurposeBody.class),
              examples = @ExampleObject(name = "added", value = VIEW)))
  public Response create(
      @Parameter(required = true, example = KEY) @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = PurposeBody.class),
                      examples = @ExampleObject(name = "added", value = NEW)))
          @Nullable PurposeBody body)
      throws SQLException {
    return counter.create(PolicyKind.PURPOSE, key, body, policy -> read(body));
  }

  /** Changes one: the whole of it is sent. */
  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Change a purpose, and tell the log",
      description = "A purpose alone permits nothing: a permission has to name it.")
  @APIResponse(
      responseCode = "200",
      description = "The new version, its ETag in the header",
      content =
          @Content(
              schema = @Schema(implementation = PurposeBody.class),
              examples = @ExampleObject(name = "changed", value = VIEW)))
  @APIResponse(responseCode = "412", description = "It was changed meanwhile")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public Response change(
      @Parameter(example = CODE) @PathParam("code") String code,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = PurposeBody.class),
                      examples = @ExampleObject(name = "changed", value = NEW)))
          @Nullable PurposeBody body)
      throws SQLException {
    return counter.change(
        PolicyKind.PURPOSE, PurposeBody.class, code, ifMatch, body, policy -> read(body));
  }

  /** Ends one. It stays to be read, with all its versions. */
  @POST
  @Path("/{code}/endings")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "End a purpose, and tell the log",
      description =
          "Nothing is deleted, and the code is never given again. Nobody may ask for it from then on.")
  @APIResponse(
      responseCode = "200",
      description = "The last version",
      content =
          @Content(
              schema = @Schema(implementation = PurposeBody.class),
              examples = @ExampleObject(name = "ended", value = VIEW)))
  @APIResponse(responseCode = "412", description = "It was changed meanwhile")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public Response end(
      @Parameter(example = CODE) @PathParam("code") String code,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String ifMatch)
      throws SQLException {
    return counter.end(PolicyKind.PURPOSE, PurposeBody.class, code, ifMatch);
  }

  private static String read(@Nullable PurposeBody body) {
    return Objects.requireNonNull(body).read().code();
  }
}
