package org.mekong.registry.matching.review;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Caller;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.problem.Problem;

/** {@code /v1/duplicates}: pairs that may be one person, for officers who decide. */
@Path("/v1/duplicates")
@Produces(MediaType.APPLICATION_JSON)
public class DuplicateResource {

  private static final String PAIR =
      """
      {"id":"8f3c1c56-2f0d-8d2e-8d55-8f9a4f5f6a11",
       "personId":"0193a5b2-7c11-7d33-9a55-000000000001",
       "otherId":"0193a5b2-7c11-7d33-9a55-000000000002","state":"open","outcome":"match",
       "score":31.5,"rules":1,"decisions":0,"foundAt":"2026-11-22T08:00:00Z",
       "scoredAt":"2026-11-22T08:00:00Z"}
      """;
  private static final String REVIEW =
      "{\"duplicate\":"
          + PAIR
          + """
            ,"findings":{"fields":[
              {"field":"given_name","level":"same_letters","weight":5.0},
              {"field":"date_of_birth","level":"same","weight":14.0}]},
             "persons":[
              {"id":"0193a5b2-7c11-7d33-9a55-000000000001","fields":{"names":[
               {"kind":"official","script":"Latn","family":"Nguyễn","given":"Hoa",
                "full":"Nguyễn Hoa"}],"dateOfBirth":"1999-03-08"}},
              {"id":"0193a5b2-7c11-7d33-9a55-000000000002","fields":{"names":[
               {"kind":"official","script":"Latn","family":"Nguyen","given":"Hoa",
                "full":"Nguyen Hoa"}],"dateOfBirth":"1999-03-08"}}],
             "decisions":[],
             "disclosure":{"origin":"registry.vn.mekong.example/log/2026","index":7,
              "leafHash":"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="},
             "receipt":"c2sp.org/tlog-proof@v1"}
            """;
  private static final String SAME =
      """
      {"decision":"same","reason":"Both births are in one paper register, page 12",
       "survivor":"0193a5b2-7c11-7d33-9a55-000000000001"}
      """;
  private static final String DIFFERENT =
      """
      {"decision":"different","reason":"Twins: the hospital confirms two births","revises":1}
      """;
  private static final String DECIDED =
      """
      {"number":1,"decision":"same","reason":"Both births are in one paper register, page 12",
       "decidedBy":"vn-office","agency":"vn-civil-registry","decidedAt":"2026-11-22T08:00:00Z",
       "survivor":"0193a5b2-7c11-7d33-9a55-000000000001",
       "eventId":"0193a5b2-7c11-7d33-9a55-000000000009"}
      """;

  private final Queue queue;
  private final Reviews reviews;
  private final DecisionDesk desk;
  private final CurrentCaller caller;

  DuplicateResource(Queue queue, Reviews reviews, DecisionDesk desk, CurrentCaller caller) {
    this.queue = queue;
    this.reviews = reviews;
    this.desk = desk;
    this.caller = caller;
  }

  /** Lists pairs, the highest score first. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.DUPLICATE_REVIEW)
  @Operation(summary = "List pairs that may be one person, the highest score first")
  @APIResponse(
      responseCode = "200",
      description = "A page of pairs, without personal data",
      content =
          @Content(
              schema = @Schema(implementation = DuplicatePage.class),
              examples =
                  @ExampleObject(
                      name = "one pair",
                      value = "{\"duplicates\":[" + PAIR + "],\"next\":\"MzEuNTB-OGYzYw\"}")))
  public DuplicatePage list(@BeanParam QueueParameters parameters) throws SQLException {
    return queue.page(parameters);
  }

  /** Shows both persons of a pair. Recorded for both. */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.DUPLICATE_REVIEW)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "Compare the two persons of a pair, and log that it was done")
  @APIResponse(
      responseCode = "200",
      description = "Both persons, with level and weight of each field that was compared",
      content =
          @Content(
              schema = @Schema(implementation = ReviewView.class),
              examples = @ExampleObject(name = "tones lost", value = REVIEW)))
  public ReviewView show(
      @PathParam("id") String id,
      @Parameter(required = true, example = "administration") @QueryParam("purpose")
          @Nullable String purpose) {
    return reviews.show(key(id), purpose).orElseThrow(DuplicateResource::absent);
  }

  /** Decides a pair. Repeating the request with its key returns the first outcome. */
  @POST
  @Path("/{id}/decisions")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.DUPLICATE_REVIEW)
  @Operation(
      summary = "Decide whether a pair is one person",
      description =
          "The decision is remembered and wins over every later score. The decision same merges the"
              + " two; revising it to another one splits them again.")
  @APIResponse(
      responseCode = "201",
      description = "Decided",
      content =
          @Content(
              schema = @Schema(implementation = DecisionView.class),
              examples = @ExampleObject(name = "the same", value = DECIDED)))
  public Response decide(
      @PathParam("id") String id,
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a15")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = Decide.class),
                      examples = {
                        @ExampleObject(name = "the same", value = SAME),
                        @ExampleObject(name = "revised", value = DIFFERENT)
                      }))
          @Nullable Decide body)
      throws SQLException {
    OperationKey operation = OperationKey.of(caller.get().id(), key);
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    if (!(caller.get() instanceof Caller.Agency agency)) {
      throw Problem.FORBIDDEN.because("An officer of this nation decides.");
    }
    Outcome outcome = desk.decide(operation, agency, key(id), body.read());
    return Response.status(outcome.status())
        .header("Location", outcome.location())
        .entity(outcome.body())
        .build();
  }

  private static UUID key(String id) {
    if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw absent();
    }
    return UUID.fromString(id);
  }

  private static HttpProblem absent() {
    return Problem.NOT_FOUND.because("There is no such pair.");
  }
}
