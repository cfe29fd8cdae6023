package org.mekong.registry.vitalevent.office;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.PersonReader;
import org.mekong.registry.reading.SubjectBody;
import org.mekong.registry.vitalevent.request.RegisterEvent;

/**
 * {@code POST /v1/persons/{id}/events}: for whoever has looked at a person and decides on what they
 * saw. What was recorded in between makes the registration fail, not be overwritten.
 */
@Path("/v1/persons/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PersonEventResource {

  private static final String TAG = "\"0190f3c4-5a10-7b21-8c43-5d6e7f809101.3\"";

  private final EventClerk clerk;
  private final CurrentCaller caller;

  PersonEventResource(EventClerk clerk, CurrentCaller caller) {
    this.clerk = clerk;
    this.caller = caller;
  }

  /** Registers an event on a person, provided that they are still as they were seen. */
  @POST
  @Path("events")
  @RunOnVirtualThread
  @RolesAllowed(Roles.PERSON_WRITE)
  @Operation(
      summary = "Register an event on a person who is still as they were seen, or try it",
      description =
          "If-Match carries the ETag of GET /v1/persons/{id}. When something was recorded on the"
              + " person since, nothing is registered (412): read them again and decide again. An"
              + " office that reports what happened without having looked uses POST /v1/events.")
  @APIResponse(
      responseCode = "201",
      description = "The event is registered",
      content =
          @Content(
              schema = @Schema(implementation = EventAnswer.class),
              examples = @ExampleObject(name = "marriage", value = EventExamples.MARRIAGE_ANSWER)))
  @APIResponse(responseCode = "409", description = "The event breaks a rule between persons")
  @APIResponse(responseCode = "412", description = "Something was recorded on the person since")
  @APIResponse(responseCode = "428", description = "The If-Match header is missing")
  public Response register(
      @Parameter(example = "0190f3c4-5a10-7b21-8c43-5d6e7f809101") @PathParam("id") String id,
      @Parameter(required = true, example = TAG) @HeaderParam("If-Match") @Nullable String seen,
      @Parameter(example = EventResource.KEY) @HeaderParam("Idempotency-Key") @Nullable String key,
      @Parameter(description = EventResource.DRY, example = "false") @QueryParam("dryRun")
          @Nullable String dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = RegisterEvent.class),
                      examples =
                          @ExampleObject(
                              name = "change of name",
                              value = EventExamples.NAME_CHANGE)))
          @Nullable RegisterEvent body)
      throws SQLException {
    if (seen == null || seen.isBlank()) {
      throw Problem.PRECONDITION_REQUIRED.because("The If-Match header is missing.");
    }
    UUID person = SubjectBody.parse(id).orElseThrow(PersonReader::absent);
    return EventResource.answer(
        clerk.register(
            EventResource.operation(caller, key, dryRun),
            person,
            seen,
            EventResource.present(body)));
  }
}
