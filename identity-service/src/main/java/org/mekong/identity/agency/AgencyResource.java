package org.mekong.identity.agency;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Caller;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.AdministrativeActs;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/** Registration of agencies by administrators. */
@Path("/admin/v1/agencies")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class AgencyResource {
  private final Journal journal;
  private final AdministrativeActs acts;
  private final Caller caller;
  private final Clock clock;

  AgencyResource(Journal journal, AdministrativeActs acts, Caller caller, Clock clock) {
    this.journal = journal;
    this.acts = acts;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Register an agency",
      description = "The same registration again is answered 200; another under the same id 409.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = AgencyView.class)))
  public Response register(
      @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable RegisterAgency request) {
    if (request == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is missing.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Agency agency = request.checked(now);
    return acts.perform(
        caller.clientId(), key, request, transaction -> register(transaction, agency));
  }

  private Outcome register(Transaction transaction, Agency agency) throws SQLException {
    if (Agencies.add(transaction.connection(), agency)) {
      transaction.record(
          JournalEntry.ofAdministration(RequestId.current(), clock.instant(), "agency_registered")
              .with("administrator", caller.clientId())
              .with("agency", agency.id())
              .with("agency_class", agency.agencyClass()));
      return new Outcome(201, AgencyView.of(agency));
    }
    Agency existing = Agencies.find(transaction.connection(), agency.id()).orElseThrow();
    if (!existing.saysTheSameAs(agency)) {
      throw Problem.CONFLICT.because("An agency with this id says something else.");
    }
    return new Outcome(200, AgencyView.of(existing));
  }

  @GET
  @Operation(summary = "The agencies in the order of their ids")
  public AgencyPage list(
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    int most = Listing.limit(limit);
    String after = Listing.key(cursor);
    List<Agency> found =
        journal.transact(transaction -> Agencies.after(transaction.connection(), after, most + 1));
    List<Agency> page = found.subList(0, Math.min(most, found.size()));
    String next = found.size() > most ? Listing.cursor(page.getLast().id()) : null;
    return new AgencyPage(page.stream().map(AgencyView::of).toList(), next);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One agency")
  public AgencyView read(@PathParam("id") String id) {
    Optional<Agency> found =
        journal.transact(transaction -> Agencies.find(transaction.connection(), id));
    return found
        .map(AgencyView::of)
        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such agency."));
  }
}
