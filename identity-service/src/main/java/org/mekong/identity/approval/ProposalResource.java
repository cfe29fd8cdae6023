package org.mekong.identity.approval;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.ApiDescription;
import org.mekong.identity.access.Listing;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;

/** What was proposed, and what another administrator says to it. */
@Path("/admin/v1/proposals")
@RunOnVirtualThread
@RequiresScope("identity.admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "administration")
@SecurityRequirement(name = ApiDescription.DPOP)
public class ProposalResource {
  private static final String PROPOSAL =
      """
      {"id": "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40", "act": "client-status-change",
       "target": "vn-quang-tri-desk", "content": {"status": "active"},
       "proposedBy": "mekong-administrator", "proposedAt": "2026-11-21T09:30:00Z",
       "expiresAt": "2026-11-28T09:30:00Z", "status": "pending"}
      """;
  private static final String REJECTED =
      """
      {"id": "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40", "act": "client-status-change",
       "target": "vn-quang-tri-desk", "content": {"status": "active"},
       "proposedBy": "mekong-administrator", "proposedAt": "2026-11-21T09:30:00Z",
       "expiresAt": "2026-11-28T09:30:00Z", "status": "rejected",
       "decidedBy": "vn-second-administrator", "decidedAt": "2026-11-21T10:02:00Z"}
      """;
  private static final String PAGE = "{\"initialSetup\": false, \"items\": [" + PROPOSAL + "]}";

  private final Journal journal;
  private final JointActs acts;
  private final ObjectMapper json;
  private final Clock clock;

  ProposalResource(Journal journal, JointActs acts, ObjectMapper json, Clock clock) {
    this.journal = journal;
    this.acts = acts;
    this.json = json;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "The proposals, oldest first: those that wait, where nothing else is asked")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ProposalPage.class),
              examples = @ExampleObject(name = "one waits", value = PAGE)))
  public ProposalPage list(
      @Parameter(
              schema =
                  @Schema(
                      enumeration = {"pending", "expired", "approved", "rejected", "all"},
                      defaultValue = "pending"))
          @QueryParam("status")
          @DefaultValue("pending")
          String status,
      @QueryParam("cursor") @DefaultValue("") String cursor,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    int most = Listing.limit(limit);
    UUID after = Listing.uuid(cursor);
    Proposals.Shown shown = shown(status);
    Instant now = clock.instant();
    return journal.transact(
        transaction -> {
          List<Proposal> found =
              Proposals.after(transaction.connection(), shown, after, now, most + 1);
          List<Proposal> page = found.subList(0, Math.min(most, found.size()));
          String next = found.size() > most ? Listing.cursor(page.getLast().id().toString()) : null;
          return new ProposalPage(
              Administration.inInitialSetup(transaction.connection()),
              page.stream().map(proposal -> ProposalView.of(proposal, now, json)).toList(),
              next);
        });
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "One proposal")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ProposalView.class),
              examples = @ExampleObject(name = "one that waits", value = PROPOSAL)))
  public ProposalView read(
      @Parameter(example = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40") @PathParam("id") UUID id) {
    return journal.transact(
        transaction ->
            Proposals.find(transaction.connection(), id)
                .map(proposal -> ProposalView.of(proposal, clock.instant(), json))
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such proposal.")));
  }

  @POST
  @Path("/{id}/approval")
  @Operation(
      summary = "Approve a proposal of another administrator: it is done at once",
      description = "The answer is that of the act. What cannot be done any more stays pending.")
  @APIResponse(responseCode = "200", description = "Done; the changed thing")
  @APIResponse(responseCode = "201", description = "Done; the new thing")
  @APIResponse(
      responseCode = "403",
      description = "rule approval/same-administrator: who proposed it cannot approve it")
  @APIResponse(
      responseCode = "409",
      description =
          "rule approval/approved, approval/rejected or approval/expired: too late; or what the act"
              + " itself is refused by")
  public Response approve(
      @Parameter(example = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40") @PathParam("id") UUID id) {
    return acts.approve(id);
  }

  @POST
  @Path("/{id}/rejection")
  @Operation(summary = "Reject a proposal, or withdraw one's own")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ProposalView.class),
              examples = @ExampleObject(name = "rejected", value = REJECTED)))
  public Response reject(
      @Parameter(example = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40") @PathParam("id") UUID id) {
    return acts.reject(id);
  }

  private static Proposals.Shown shown(String status) {
    return Arrays.stream(Proposals.Shown.values())
        .filter(shown -> shown.name().toLowerCase(Locale.ROOT).equals(status))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.MALFORMED_REQUEST.because(
                    "The parameter status is pending, expired, approved, rejected or all."));
  }
}
