package org.mekong.identity.agency;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.access.conditional.Version;
import org.mekong.identity.approval.JointActs;
import org.mekong.identity.approval.Mandate;
import org.mekong.identity.journal.AdministrativeActs.Outcome;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/** Registration of agencies by administrators; each may do it alone. */
@Path("/admin/v1/agencies")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class AgencyResource {
  private static final String REGISTER =
      """
      {"id": "vn-quang-tri-civil-registry", "name": "Sở Tư pháp Quảng Trị",
       "agencyClass": "civil-registry", "contact": "registry@quangtri.example"}
      """;
  private static final String CHANGE =
      """
      {"name": "Sở Tư pháp Quảng Trị", "contact": "desk@quangtri.example", "status": "active"}
      """;
  private static final String AGENCY =
      """
      {"id": "vn-quang-tri-civil-registry", "name": "Sở Tư pháp Quảng Trị",
       "agencyClass": "civil-registry", "contact": "registry@quangtri.example",
       "status": "active", "version": 1, "createdAt": "2026-11-21T09:30:00Z"}
      """;
  private static final String PAGE = "{\"items\": [" + AGENCY + "], \"next\": \"dm4tcXVhbmc\"}";

  private final Journal journal;
  private final JointActs acts;
  private final Clock clock;

  AgencyResource(Journal journal, JointActs acts, Clock clock) {
    this.journal = journal;
    this.acts = acts;
    this.clock = clock;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Register an agency",
      description = "The same registration again is answered 200; another under the same id 409.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = AgencyView.class),
              examples = @ExampleObject(name = "an agency", value = AGENCY)))
  public Response register(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RequestBody(
              content = @Content(examples = @ExampleObject(name = "an agency", value = REGISTER)))
          @Nullable RegisterAgency request) {
    if (request == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is missing.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Agency agency = request.checked(now);
    return acts.alone(
        key, request, (transaction, mandate) -> register(transaction, mandate, agency));
  }

  private Outcome register(Transaction transaction, Mandate mandate, Agency agency)
      throws SQLException {
    if (Agencies.add(transaction.connection(), agency)) {
      transaction.record(
          entry(mandate, "agency_registered", agency).with("agency_class", agency.agencyClass()));
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
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AgencyPage.class),
              examples = @ExampleObject(name = "a page", value = PAGE)))
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
  @Operation(summary = "One agency, with its version as ETag")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AgencyView.class),
              examples = @ExampleObject(name = "an agency", value = AGENCY)))
  public Response read(
      @Parameter(example = "vn-quang-tri-civil-registry") @PathParam("id") String id) {
    Agency found = journal.transact(transaction -> find(transaction, id));
    return Response.ok(AgencyView.of(found)).header("ETag", Version.tag(found.version())).build();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change an agency's name, contact or status",
      description = "The systems of a suspended agency get no tokens.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = AgencyView.class),
              examples = @ExampleObject(name = "an agency", value = AGENCY)))
  @APIResponse(responseCode = "412", description = "It was changed since it was read")
  @APIResponse(responseCode = "428", description = "If-Match is missing")
  public Response change(
      @Parameter(example = "vn-quang-tri-civil-registry") @PathParam("id") String id,
      @Parameter(example = "\"1\"") @HeaderParam("If-Match") @Nullable String ifMatch,
      @RequestBody(
              content = @Content(examples = @ExampleObject(name = "a new contact", value = CHANGE)))
          @Nullable ChangeAgency request) {
    if (request == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is missing.");
    }
    int version = Version.required(ifMatch);
    return acts.alone(
        null,
        request,
        (transaction, mandate) -> {
          Agency wanted = request.checked(find(transaction, id), version);
          if (!Agencies.change(transaction.connection(), wanted, clock.instant())) {
            throw Version.stale();
          }
          Agency changed = find(transaction, id);
          transaction.record(
              entry(mandate, "agency_changed", changed).with("status", changed.status()));
          return new Outcome(200, AgencyView.of(changed));
        });
  }

  private static Agency find(Transaction transaction, String id) throws SQLException {
    Optional<Agency> found = Agencies.find(transaction.connection(), id);
    return found.orElseThrow(() -> Problem.NOT_FOUND.because("There is no such agency."));
  }

  private JournalEntry entry(Mandate mandate, String act, Agency agency) {
    return mandate.signed(
        JournalEntry.ofAdministration(RequestId.current(), clock.instant(), act)
            .with("agency", agency.id()));
  }
}
