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
import org.mekong.registry.permission.policy.FieldSetBody;
import org.mekong.registry.permission.policy.PolicyKind;

/**
 * {@code /admin/v1/field-sets}: named sets of fields and statements, for the register's
 * administrator.
 */
@Path("/admin/v1/field-sets")
@Produces(MediaType.APPLICATION_JSON)
public class FieldSetResource {

  private static final String KEY = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a32";
  private static final String CODE = "pension-proof";
  private static final String TAG = "\"field_set:pension-proof:1\"";
  private static final String NEW =
      """
      {"code":"pension-proof","description":"What a pension rests on",
       "fields":["alive","name_matches","names","date_of_birth","life_status"]}
      """;
  private static final String VIEW =
      """
      {"code":"pension-proof","description":"What a pension rests on",
       "fields":["alive","name_matches","names","date_of_birth","life_status"],
       "version":1,"ended":false,"changedBy":"mekong-administrator",
       "changedAt":"2026-11-22T08:00:00Z"}
      """;

  private final PolicyCounter counter;

  FieldSetResource(PolicyCounter counter) {
    this.counter = counter;
  }

  /** Lists them by code, ended ones among them. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List named sets of fields and statements, by code")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          "{\"items\":["
                              + VIEW
                              + "],\"next\":\"ZmllbGRfc2V0IHBlbnNpb24tcHJvb2Y\"}")))
  public PolicyPage<FieldSetBody> list(
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "50") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    return counter.list(PolicyKind.FIELD_SET, FieldSetBody.class, cursor, limit);
  }

  /** Reads one; its ETag is what a change needs. */
  @GET
  @Path("/{code}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Read a field set")
  @APIResponse(
      responseCode = "200",
      description = "The newest version, its ETag in the header",
      content =
          @Content(
              schema = @Schema(implementation = FieldSetBody.class),
              examples = @ExampleObject(name = "one", value = VIEW)))
  public Response get(@Parameter(example = CODE) @PathParam("code") String code)
      throws SQLException {
    return counter.get(PolicyKind.FIELD_SET, FieldSetBody.class, code);
  }

  /** Lists every version of one, the newest first: who changed what, and when. */
  @GET
  @Path("/{code}/versions")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the versions of a field set, the newest first")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      content =
          @Content(examples = @ExampleObject(name = "one", value = "{\"items\":[" + VIEW + "]}")))
  public PolicyPage<FieldSetBody> versions(
      @Parameter(example = CODE) @PathParam("code") String code,
      @Parameter(description = "where the page before ended") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "50") @QueryParam("limit")
          @Nullable String limit)
      throws SQLException {
    return counter.versions(PolicyKind.FIELD_SET, FieldSetBody.class, code, cursor, limit);
  }

  /** Adds one. Repeating the request with its key returns the first outcome. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Add a field set, and tell the log",
      description =
          "No set holds a sensitive field; the sign * stands for everything that is not sensitive.")
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content =
          @Content(
              schema = @Schema(implementation = FieldSetBody.class),
              examples = @ExampleObject(name = "added", value = VIEW)))
  public Response create(
      @Parameter(required = true, example = KEY) @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = FieldSetBody.class),
                      examples = @ExampleObject(name = "added", value = NEW)))
          @Nullable FieldSetBody body)
      throws SQLException {
    return counter.create(PolicyKind.FIELD_SET, key, body, policy -> read(body));
  }

  /** Changes one: the whole of it is sent. */
  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Change a field set, and tell the log",
      description =
          "No set holds a sensitive field; the sign * stands for everything that is not sensitive.")
  @APIResponse(
      responseCode = "200",
      description = "The new version, its ETag in the header",
      content =
          @Content(
              schema = @Schema(implementation = FieldSetBody.class),
              examples = @ExampleObject(name = "changed", value = VIEW)))
  @APIResponse(responseCode = "412", description = "It was changed meanwhile")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public Response change(
      @Parameter(example = CODE) @PathParam("code") String code,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = FieldSetBody.class),
                      examples = @ExampleObject(name = "changed", value = NEW)))
          @Nullable FieldSetBody body)
      throws SQLException {
    return counter.change(
        PolicyKind.FIELD_SET, FieldSetBody.class, code, ifMatch, body, policy -> read(body));
  }

  /** Ends one. It stays to be read, with all its versions. */
  @POST
  @Path("/{code}/endings")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "End a field set, and tell the log",
      description =
          "Nothing is deleted, and the code is never given again. While a permission names it, it cannot be ended: 409.")
  @APIResponse(
      responseCode = "200",
      description = "The last version",
      content =
          @Content(
              schema = @Schema(implementation = FieldSetBody.class),
              examples = @ExampleObject(name = "ended", value = VIEW)))
  @APIResponse(responseCode = "412", description = "It was changed meanwhile")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public Response end(
      @Parameter(example = CODE) @PathParam("code") String code,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String ifMatch)
      throws SQLException {
    return counter.end(PolicyKind.FIELD_SET, FieldSetBody.class, code, ifMatch);
  }

  private static String read(@Nullable FieldSetBody body) {
    return Objects.requireNonNull(body).read().code();
  }
}
