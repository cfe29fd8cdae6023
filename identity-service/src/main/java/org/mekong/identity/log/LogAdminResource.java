package org.mekong.identity.log;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Caller;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalConfig;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.log.LogException;
import org.mekong.log.TransparencyLog;
import org.mekong.log.year.LogReport;
import org.mekong.log.year.Pruning;
import org.mekong.log.year.RetainedException;
import org.mekong.log.year.Retention;

/** How the journal's log stands, and what an operator may do with it. */
@Path("/admin/v1/log")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class LogAdminResource {
  private static final String REPORT =
      """
      {"standing": "fresh", "servesAbroad": true, "retention": "P10Y",
       "logs": [{"origin": "vn.mekong.example/identity/2026", "current": true, "sealed": false,
         "size": 4711, "firstIndex": 0, "prunableBelow": 0,
         "checkpoint": "vn.mekong.example/identity/2026\\n4711\\n...", "cosignedSize": 4711,
         "cosignedAt": "2026-11-21T09:30:00Z", "standing": "fresh",
         "witnesses": [{"name": "LA", "cosignedSize": 4711, "age": 1, "last": "cosigned"}]}]}
      """;
  private static final String PRUNING =
      """
      {"origin": "vn.mekong.example/identity/2026", "firstIndex": 512, "entries": 512,
       "commitments": 0}
      """;

  private final Journal journal;
  private final Retention retention;
  private final Caller caller;
  private final Clock clock;

  LogAdminResource(
      Journal journal, DataSource database, JournalConfig config, Caller caller, Clock clock) {
    this.journal = journal;
    this.retention =
        new Retention(database, journal.log(), Optional.empty(), config.retention(), clock);
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "How the log of each year stands with its witnesses")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = LogReport.class),
              examples = @ExampleObject(name = "fresh", value = REPORT)))
  public LogReport report() {
    try {
      return LogReport.of(journal.log(), retention, clock);
    } catch (LogException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  @POST
  @Path("/prunings")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Remove entries whose time of retention is over",
      description =
          "The tree stays, so that every checkpoint stays true. Entries go 256 at a time; again"
              + " with the same index removes what an interruption left over.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = Pruning.class),
              examples = @ExampleObject(name = "two bundles", value = PRUNING)))
  @APIResponse(responseCode = "409", description = "Some of these entries may not go yet")
  public Pruning prune(
      @RequestBody(
              content =
                  @Content(
                      examples =
                          @ExampleObject(
                              name = "two bundles",
                              value = "{\"year\": 2026, \"belowIndex\": 512}")))
          @Nullable PruneLog request) {
    if (request == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is missing.");
    }
    Integer year = request.year();
    Long below = request.belowIndex();
    if (year == null || year < 1000 || year > 9999 || below == null || below < 1) {
      throw Problem.INVALID_CONTENT.because(
          "year must be a year of four digits, belowIndex an index from 1.");
    }
    TransparencyLog log =
        journal
            .log()
            .ofYear(year)
            .orElseThrow(() -> Problem.NOT_FOUND.because("There is no log of that year here."));
    try {
      retention.require(log, below);
      tell(log.origin(), below);
      return retention.prune(log, below);
    } catch (RetainedException kept) {
      throw Problem.CONFLICT
          .builder(kept.getMessage() + ".")
          .withTitle("The entries are kept")
          .with("rule", "log/retained")
          .build();
    } catch (SQLException | LogException failed) {
      throw new JournalUnavailable(failed);
    }
  }

  /** Tells the journal of the act before it is done. */
  private void tell(String origin, long below) {
    JournalEntry entry =
        JournalEntry.ofAdministration(RequestId.current(), clock.instant(), "log_pruned")
            .with("administrator", caller.clientId())
            .with("log", origin)
            .with("below", Long.toString(below));
    journal.transact(
        transaction -> {
          transaction.record(entry);
          return entry;
        });
  }
}
