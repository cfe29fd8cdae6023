package org.mekong.registry.erasure;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;

/** Erasing what leads from the log to a person. */
@Path("/admin/v1")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern REFERENCE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z./_-]{0,63}");
  private static final String ERASURE =
      """
      {"id": "019aa2f4-7c1e-7cc3-98c4-dc0c0c07398f", "time": "2026-11-21T09:30:00Z",
       "ground": "ordered", "reference": "DP-2026/117", "disclosures": 12, "commitments": 12}
      """;

  private final Erasures erasures;
  private final CurrentCaller caller;

  ErasureResource(Erasures erasures, CurrentCaller caller) {
    this.erasures = erasures;
    this.caller = caller;
  }

  /** Erases what leads from the log to a person. */
  @POST
  @Path("/persons/{id}/erasures")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Erase what leads from the log to a person",
      description =
          "What opens the commitments about the person, and the list of who asked about them, are"
              + " deleted; the log's tree stays as it is. Ground retention-over: everything given"
              + " out is older than registry.erasure.retention. Ground ordered: a court or the"
              + " authority for data protection has ordered it, under the reference. Never while a"
              + " disclosure is still hidden from the person. Afterwards renew the keys, so that"
              + " backups open nothing either.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = ErasureView.class),
              examples = @ExampleObject(name = "by order", value = ERASURE)))
  @APIResponse(responseCode = "404", description = "No such person")
  @APIResponse(responseCode = "409", description = "A rule of the register is against it")
  public Response erase(
      @PathParam("id") String id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "by order",
                              value = "{\"ground\":\"ordered\",\"reference\":\"DP-2026/117\"}")))
          @Nullable EraseLinks body)
      throws SQLException {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Violations violations = new Violations();
    Ground ground =
        violations.need(
            "ground", body.ground(), "known-code", "is no ground that is known", Ground::of);
    String reference =
        violations.read(
            "reference",
            body.reference(),
            "reference",
            "is no reference of 1 to 64 letters, digits, . / _ or -",
            text -> REFERENCE.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    if (ground == Ground.ORDERED && body.reference() == null) {
      violations.add("reference", "required", "is missing");
    }
    violations.refuse();
    if (ground == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    if (!UUID_TEXT.matcher(id).matches()) {
      throw Problem.NO_SUCH_PERSON.because("The register has no such person.");
    }
    Outcome outcome =
        erasures.erase(
            OperationKey.of(caller.get().id(), key), UUID.fromString(id), ground, reference);
    return Response.status(outcome.status())
        .location(outcome.location())
        .entity(outcome.body())
        .build();
  }

  /** Tells what an erasure has done. */
  @GET
  @Path("/erasures/{erasureId}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Tell what an erasure has done, and not about whom")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ErasureView.class),
              examples = @ExampleObject(name = "by order", value = ERASURE)))
  public ErasureView find(@PathParam("erasureId") String erasureId) throws SQLException {
    return (UUID_TEXT.matcher(erasureId).matches()
            ? erasures.find(UUID.fromString(erasureId))
            : Optional.<ErasureView>empty())
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such erasure."));
  }
}
