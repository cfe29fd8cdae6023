package org.mekong.registry.matching.rule;

import io.quarkiverse.resteasy.problem.HttpProblem;
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
import java.util.List;
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
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;

/** The rules of matching, for the register's administrator. */
@Path("/admin/v1/matching/rules")
@Produces(MediaType.APPLICATION_JSON)
public class RuleResource {

  private static final int MOST = 100;
  private static final String RULES =
      """
      {"name":"Stricter on names","blockLimit":50,
       "blocking":[{"name":"name_and_year","parts":["name_sound","birth_year"]},
        {"name":"given_name_and_date","parts":["given_sound","birth_date"]}],
       "fields":{
        "given_name":{"same":6,"same_letters":5,"alike":2,"moved":4,"close":1,"different":-6},
        "date_of_birth":{"same":14,"swapped":9,"same_month":6,"near":3,"same_year":3,"different":-6},
        "place_of_birth_registration":{"same":4.5,"different":-3}},
       "limits":[{"field":"given_name","level":"different","atMost":"no"}],
       "thresholds":{"possible":14,"match":22}}
      """;
  private static final String VIEW =
      """
      {"version":2,"inForce":false,"createdBy":"mekong-administrator",
       "createdAt":"2026-11-22T08:00:00Z","rules":
      """
          + RULES
          + "}";

  private final RuleDesk desk;
  private final CurrentCaller caller;

  RuleResource(RuleDesk desk, CurrentCaller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** Lists the versions, the newest first. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List the versions of the matching rules, the newest first")
  @APIResponse(
      responseCode = "200",
      description = "A page of versions",
      content =
          @Content(
              schema = @Schema(implementation = RuleSetPage.class),
              examples =
                  @ExampleObject(
                      name = "one version",
                      value = "{\"versions\":[" + VIEW + "],\"next\":\"2\"}")))
  public RuleSetPage list(
      @QueryParam("cursor") @Nullable String cursor,
      @Parameter(example = "20") @QueryParam("limit") @Nullable String limit)
      throws SQLException {
    int below =
        cursor == null
            ? Integer.MAX_VALUE
            : number("cursor", cursor, Integer.MAX_VALUE, "is no cursor of this list");
    int most = limit == null ? 20 : number("limit", limit, MOST, "is no number from 1 to " + MOST);
    List<RuleSetView> found = desk.list(below, most + 1);
    List<RuleSetView> shown = found.stream().limit(most).toList();
    String next = found.size() > most ? Integer.toString(shown.getLast().version()) : null;
    return new RuleSetPage(shown, next);
  }

  /** Reads a version. */
  @GET
  @Path("/{version}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Read a version of the matching rules")
  @APIResponse(
      responseCode = "200",
      description = "The version",
      content =
          @Content(
              schema = @Schema(implementation = RuleSetView.class),
              examples = @ExampleObject(name = "a version", value = VIEW)))
  public RuleSetView read(@Parameter(example = "1") @PathParam("version") String version)
      throws SQLException {
    if (!version.matches("[1-9][0-9]{0,8}")) {
      throw absent();
    }
    return desk.find(Integer.parseInt(version)).orElseThrow(RuleResource::absent);
  }

  /** Adds a version, which is not in force yet. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Add a version of the matching rules; it is not in force yet")
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content =
          @Content(
              schema = @Schema(implementation = RuleSetView.class),
              examples = @ExampleObject(name = "a version", value = VIEW)))
  public Response add(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a14")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = RuleSetBody.class),
                      examples = @ExampleObject(name = "stricter on names", value = RULES)))
          @Nullable RuleSetBody body)
      throws SQLException {
    OperationKey operation = OperationKey.of(caller.get().id(), key);
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Outcome outcome = desk.add(operation, body.read());
    return Response.status(outcome.status())
        .header("Location", outcome.location())
        .entity(outcome.body())
        .build();
  }

  /** Puts a version in force. */
  @PUT
  @Path("/in-force")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Judge pairs by a version from now on",
      description =
          "Who is new or changed is compared by it at once, everybody else by the next run:"
              + " POST /admin/v1/matching/runs. What was decided stays decided.")
  @APIResponse(
      responseCode = "200",
      description = "The version in force",
      content =
          @Content(
              schema = @Schema(implementation = RuleSetView.class),
              examples = @ExampleObject(name = "a version", value = VIEW)))
  public RuleSetView putInForce(
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = PutInForce.class),
                      examples = @ExampleObject(name = "version 1", value = "{\"version\":1}")))
          @Nullable PutInForce body)
      throws SQLException {
    Integer version = body == null ? null : body.version();
    if (version == null) {
      throw Problem.invalid("version", "required", "is missing");
    }
    return desk.putInForce(version, caller.get().id());
  }

  private static int number(String field, String text, int most, String detail) {
    if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
      throw Problem.invalid(field, field.equals("limit") ? "range" : "cursor", detail);
    }
    return Integer.parseInt(text);
  }

  private static HttpProblem absent() {
    return Problem.NOT_FOUND.because("There is no such version of the rules.");
  }
}
