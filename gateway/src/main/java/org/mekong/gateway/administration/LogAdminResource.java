package org.mekong.gateway.administration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.http.Problem;
import org.mekong.log.LogException;
import org.mekong.log.TransparencyLog;
import org.mekong.log.year.LogReport;
import org.mekong.log.year.Pruning;
import org.mekong.log.year.RetainedException;

/** {@code /admin/v1}: how the log stands, and what an operator may do with it. */
@Path("/admin/v1")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration", description = "What operators do with this gateway")
public class LogAdminResource {

  private static final Logger LOG = Logger.getLogger(LogAdminResource.class);
  private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z-]{1,32}");
  private static final Pattern REFERENCE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z./_-]{0,63}");
  private static final String REPORT =
      """
      {"standing": "fresh", "servesAbroad": true, "retention": "P10Y",
       "logs": [{"origin": "vn.mekong.example/gateway/2026", "current": true, "sealed": false,
         "size": 4711, "firstIndex": 0, "prunableBelow": 0,
         "checkpoint": "vn.mekong.example/gateway/2026\\n4711\\n...", "cosignedSize": 4711,
         "cosignedAt": "2026-11-21T09:30:00Z", "standing": "fresh",
         "witnesses": [{"name": "LA", "cosignedSize": 4711, "age": 1, "last": "cosigned"}]}]}
      """;
  private static final String PRUNING =
      """
      {"origin": "vn.mekong.example/gateway/2026", "firstIndex": 512, "entries": 512,
       "commitments": 130}
      """;
  private static final String ERASURE =
      """
      {"time": "2026-11-21T09:30:00Z", "reference": "DP-2026/117", "commitments": 3}
      """;

  private final LogAdministration administration;

  @Inject
  LogAdminResource(LogAdministration administration) {
    this.administration = administration;
  }

  /** Tells how the log of each year stands. */
  @GET
  @Path("/log")
  @Operation(
      operationId = "logReport",
      summary = "Tells how the log of each year stands with its witnesses")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = LogReport.class),
              examples = @ExampleObject(name = "fresh", value = REPORT)))
  public LogReport report() {
    return administration.report();
  }

  /** Prunes entries whose time is over. */
  @POST
  @Path("/log/prunings")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "pruneLog",
      summary =
          "Removes entries whose time of retention is over, with what opens their commitments",
      description =
          "The tree stays, so that every checkpoint and receipt stays true. Entries go 256 at a"
              + " time; again with the same index removes what an interruption left over.")
  @RequestBody(
      required = true,
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "two bundles",
                      value = "{\"year\": 2026, \"belowIndex\": 512}")))
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Pruning.class),
              examples = @ExampleObject(name = "two bundles", value = PRUNING)))
  @APIResponse(responseCode = "409", description = "Some of these entries may not go yet")
  public Pruning prune(@Nullable PruneLog body) {
    if (body == null) {
      throw Problem.malformed("The body is missing.");
    }
    Integer year = body.year();
    if (year == null || year < 1000 || year > 9999) {
      throw Problem.malformed("year: a year of four digits.");
    }
    Long below = body.belowIndex();
    if (below == null || below < 1) {
      throw Problem.malformed("belowIndex: an index from 1.");
    }
    TransparencyLog log = administration.ofYear(year).orElseThrow(LogAdminResource::noSuchLog);
    try {
      return administration.prune(log, below);
    } catch (RetainedException e) {
      throw Problem.of(
              "conflict",
              409,
              "The entries are kept",
              e.getMessage() + ".",
              "Name an index up to prunableBelow of GET /admin/v1/log.")
          .with("rule", "log/retained")
          .build();
    } catch (SQLException | LogException e) {
      throw notDone(e);
    }
  }

  /** Makes erased links unreadable in backups, too. */
  @POST
  @Path("/log/key-renewals")
  @Operation(
      operationId = "renewLogKeys",
      summary = "Replaces the keys that wrap what opens commitments, and destroys the old ones",
      description =
          "After erasures: until the old keys are destroyed, some minutes later, a backup of before"
              + " still opens what was erased. No body. Example: `POST /admin/v1/log/key-renewals`")
  @APIResponse(responseCode = "202", description = "The old keys are retired")
  public Response renewKeys() {
    try {
      administration.renewKeys();
      return Response.accepted().build();
    } catch (SQLException | LogException e) {
      throw notDone(e);
    }
  }

  /** Erases what leads from the log to a person of this nation. */
  @POST
  @Path("/erasures")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "eraseLinks",
      summary = "Erases what leads from the log to a person of this nation",
      description =
          "What opens the commitments about the person is deleted; the log's tree stays as it is."
              + " The register decides whether it may be: do it there first. Again is without"
              + " effect.")
  @RequestBody(
      required = true,
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "after the register's",
                      value =
                          """
                          {"personalNumber": "045190000017",
                           "personId": "0190f3c4-5a10-7b21-8c43-5d6e7f809101",
                           "reference": "DP-2026/117"}""")))
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ErasureView.class),
              examples = @ExampleObject(name = "three", value = ERASURE)))
  public ErasureView erase(@Nullable EraseLinks body) {
    if (body == null) {
      throw Problem.malformed("The body is missing.");
    }
    String number = body.personalNumber();
    if (number == null || !NUMBER.matcher(number).matches()) {
      throw Problem.malformed("personalNumber: 1 to 32 letters, digits and hyphens.");
    }
    String reference = body.reference();
    if (reference == null || !REFERENCE.matcher(reference).matches()) {
      throw Problem.malformed("reference: 1 to 64 letters, digits, . / _ or -.");
    }
    try {
      return administration.erase(number, body.personId(), reference);
    } catch (SQLException | LogException e) {
      throw notDone(e);
    }
  }

  private static RuntimeException noSuchLog() {
    return Problem.of(
            "not-found",
            404,
            "Nothing here",
            "There is no log of that year.",
            "See GET /admin/v1/log for the years that there are.")
        .build();
  }

  private static RuntimeException notDone(Exception e) {
    LOG.error("What an operator asked of the log was not done, or not to its end", e);
    return Problem.unavailable("The database or the log does not answer now.");
  }
}
