package org.mekong.registry.vitalevent.office;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.vitalevent.request.AnnulEvent;
import org.mekong.registry.vitalevent.request.RegisterEvent;

/** {@code /v1/events}: what happens to persons, registered for everyone whom it touches. */
@Path("/v1/events")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EventResource {

  static final String KEY = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a22";
  static final String DRY =
      "Try the event: the answer tells what would come of it, nothing is registered, and no"
          + " Idempotency-Key is needed";
  private static final String EVENT = "0193a5b2-7c11-7d33-9a55-0000000000e0";
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final EventClerk clerk;
  private final EventLookup lookup;
  private final CurrentCaller caller;

  EventResource(EventClerk clerk, EventLookup lookup, CurrentCaller caller) {
    this.clerk = clerk;
    this.lookup = lookup;
    this.caller = caller;
  }

  /** Registers an event. Repeating the request with its key returns the first outcome. */
  @POST
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_WRITE)
  @Operation(summary = "Register an event for everyone whom it touches, or try it")
  @APIResponse(
      responseCode = "201",
      description = "The event is registered",
      content =
          @Content(
              schema = @Schema(implementation = EventAnswer.class),
              examples = @ExampleObject(name = "marriage", value = EventExamples.MARRIAGE_ANSWER)))
  public Response register(
      @Parameter(example = KEY) @HeaderParam("Idempotency-Key") @Nullable String key,
      @Parameter(description = DRY, example = "false") @QueryParam("dryRun")
          @Nullable String dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = RegisterEvent.class),
                      examples = {
                        @ExampleObject(
                            name = "first registration",
                            value = EventExamples.FIRST_REGISTRATION),
                        @ExampleObject(name = "marriage", value = EventExamples.MARRIAGE),
                        @ExampleObject(name = "live birth", value = EventExamples.LIVE_BIRTH),
                        @ExampleObject(
                            name = "judicial separation",
                            value = EventExamples.JUDICIAL_SEPARATION),
                        @ExampleObject(name = "divorce", value = EventExamples.DIVORCE),
                        @ExampleObject(
                            name = "annulment of a marriage",
                            value = EventExamples.MARRIAGE_ANNULMENT),
                        @ExampleObject(name = "death", value = EventExamples.DEATH),
                        @ExampleObject(name = "foetal death", value = EventExamples.FOETAL_DEATH),
                        @ExampleObject(name = "adoption by two", value = EventExamples.ADOPTION),
                        @ExampleObject(name = "legitimation", value = EventExamples.LEGITIMATION),
                        @ExampleObject(
                            name = "recognition by the father",
                            value = EventExamples.RECOGNITION),
                        @ExampleObject(name = "change of name", value = EventExamples.NAME_CHANGE),
                        @ExampleObject(
                            name = "correction of sex",
                            value = EventExamples.SEX_CORRECTION),
                        @ExampleObject(
                            name = "move of two",
                            value = EventExamples.RESIDENCE_CHANGE),
                        @ExampleObject(
                            name = "joining a household",
                            value = EventExamples.HOUSEHOLD_CHANGE),
                        @ExampleObject(
                            name = "change of nationality",
                            value = EventExamples.NATIONALITY_CHANGE),
                        @ExampleObject(
                            name = "declared missing",
                            value = EventExamples.DECLARED_MISSING),
                        @ExampleObject(name = "found", value = EventExamples.FOUND),
                        @ExampleObject(name = "guardianship", value = EventExamples.GUARDIANSHIP),
                        @ExampleObject(
                            name = "change of particulars",
                            value = EventExamples.PARTICULARS_CHANGE),
                        @ExampleObject(
                            name = "another number",
                            value = EventExamples.NUMBER_REPLACEMENT),
                        @ExampleObject(name = "merge", value = EventExamples.MERGE),
                        @ExampleObject(name = "split", value = EventExamples.SPLIT),
                        @ExampleObject(name = "protection", value = EventExamples.PROTECTION_CHANGE)
                      }))
          @Nullable RegisterEvent body)
      throws SQLException {
    return answer(clerk.register(operation(key, dryRun), present(body)));
  }

  /** Registers what an event should have said. The corrected event stays, without effect. */
  @POST
  @Path("/{id}/corrections")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_WRITE)
  @Operation(summary = "Correct an event by one of the same type that holds in its place")
  @APIResponse(
      responseCode = "201",
      description = "The correction is registered, as an event",
      content = @Content(schema = @Schema(implementation = EventAnswer.class)))
  public Response correct(
      @Parameter(example = EVENT) @PathParam("id") String id,
      @Parameter(example = KEY) @HeaderParam("Idempotency-Key") @Nullable String key,
      @Parameter(description = DRY, example = "false") @QueryParam("dryRun")
          @Nullable String dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = RegisterEvent.class),
                      examples =
                          @ExampleObject(
                              name = "marriage on another day",
                              value = EventExamples.CORRECTION)))
          @Nullable RegisterEvent body)
      throws SQLException {
    return answer(clerk.correct(operation(key, dryRun), known(id), present(body)));
  }

  /** Registers that an event holds no longer. The annulled event stays, without effect. */
  @POST
  @Path("/{id}/annulments")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_WRITE)
  @Operation(summary = "Annul an event that should not have been registered")
  @APIResponse(
      responseCode = "201",
      description = "The annulment is registered, as an event",
      content = @Content(schema = @Schema(implementation = EventAnswer.class)))
  public Response annul(
      @Parameter(example = EVENT) @PathParam("id") String id,
      @Parameter(example = KEY) @HeaderParam("Idempotency-Key") @Nullable String key,
      @Parameter(description = DRY, example = "false") @QueryParam("dryRun")
          @Nullable String dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = AnnulEvent.class),
                      examples =
                          @ExampleObject(
                              name = "entered for another person",
                              value = EventExamples.ANNULMENT)))
          @Nullable AnnulEvent body)
      throws SQLException {
    return answer(clerk.annul(operation(key, dryRun), known(id), present(body)));
  }

  /** Reads an event. Unknown events and those of protected persons look the same. */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_READ)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(summary = "Read an event for a purpose, and log that it was done")
  public Map<String, Object> read(
      @Parameter(example = EVENT) @PathParam("id") String id,
      @Parameter(required = true, example = "civil-registration") @QueryParam("purpose")
          @Nullable String purpose) {
    Enquiry enquiry = lookup.admit(purpose);
    Disclosed<Optional<Map<String, Object>>> disclosed = lookup.read(enquiry, known(id));
    Map<String, Object> view =
        new LinkedHashMap<>(disclosed.answer().orElseThrow(EventResource::absent));
    view.put("disclosure", disclosed.trace());
    view.put("receipt", disclosed.receipt());
    return view;
  }

  private @Nullable OperationKey operation(@Nullable String key, @Nullable String dryRun) {
    return operation(caller, key, dryRun);
  }

  /** The key of the operation; nothing for what is only tried. */
  static @Nullable OperationKey operation(
      CurrentCaller caller, @Nullable String key, @Nullable String dryRun) {
    if (dryRun != null && !dryRun.equals("true") && !dryRun.equals("false")) {
      throw Problem.invalid("dryRun", "known-code", "is neither true nor false");
    }
    return "true".equals(dryRun) ? null : OperationKey.of(caller.get().id(), key);
  }

  static Response answer(Outcome outcome) {
    Response.ResponseBuilder answer = Response.status(outcome.status()).entity(outcome.body());
    return outcome.status() == 201
        ? answer.header("Location", outcome.location()).build()
        : answer.build();
  }

  static <T> T present(@Nullable T body) {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    return body;
  }

  private static UUID known(String id) {
    if (!UUID_TEXT.matcher(id).matches()) {
      throw absent();
    }
    return UUID.fromString(id);
  }

  private static HttpProblem absent() {
    return Problem.NOT_FOUND.because("The register has no such event for this caller.");
  }
}
