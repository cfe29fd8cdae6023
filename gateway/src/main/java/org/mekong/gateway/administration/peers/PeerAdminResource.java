package org.mekong.gateway.administration.peers;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.administration.Listing;
import org.mekong.gateway.exchange.past.KeptForks;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.peer.KeptPeer;
import org.mekong.gateway.peer.KeptPeers;
import org.mekong.gateway.peer.PeerDescription;

/** {@code /admin/v1/peers}: what administrators do with the gateways of other nations. */
@Path("/admin/v1/peers")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "peers", description = "The gateways of other nations, and what is pinned of them")
public class PeerAdminResource {

  private static final String NATION = "/{nation: [A-Z]{2}}";
  private static final String PROPOSAL =
      "/proposals/{id: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}";
  private static final UUID START = new UUID(0, 0);

  private static final String DESCRIPTION =
      """
      {"nation": "LA", "url": "https://gateway.la.mekong.example",
       "certificates": [{"subject": "CN=gateway.la.mekong.example"}],
       "keys": [
         {"jwk": {"kty": "EC", "crv": "P-256", "kid": "la-gateway-2026",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
          "until": "2030-01-31T00:00:00Z"}],
       "logKeys": []}
      """;
  private static final String PEER =
      "{\"nation\": \"LA\", \"version\": 2, \"state\": \"active\", \"source\": \"administration\","
          + " \"description\": "
          + DESCRIPTION
          + "}";
  private static final String PEERS = "{\"items\": [" + PEER + "]}";
  private static final String PROPOSED =
      "{\"id\": \"0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40\", \"nation\": \"LA\", \"baseVersion\": 1,"
          + " \"status\": \"pending\", \"proposedBy\": \"vn-gateway-operations-1\","
          + " \"proposedAt\": \"2026-11-22T09:30:00Z\", \"expiresAt\": \"2026-11-29T09:30:00Z\","
          + " \"description\": "
          + DESCRIPTION
          + "}";
  private static final String PROPOSALS = "{\"items\": [" + PROPOSED + "]}";

  private static final int MOST_FORKS = 100;
  private static final String FORKS =
      "{\"items\": [{\"origin\": \"la.mekong.example/gateway/2026\","
          + " \"known\": \"la.mekong.example/gateway/2026\\n41\\n...\","
          + " \"seen\": \"la.mekong.example/gateway/2026\\n41\\n...\","
          + " \"foundAt\": \"2026-11-22T09:30:00Z\"}]}";

  private final PeerAdministration administration;
  private final AdministrativeActs acts;

  @Inject
  PeerAdminResource(PeerAdministration administration, AdministrativeActs acts) {
    this.administration = administration;
    this.acts = acts;
  }

  /** Proposes a peer. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "proposePeer",
      summary = "Proposes a new peer, or another description of one",
      description =
          "The whole description, which takes the place of the one there is when another"
              + " administrator approves it. For a change of keys or certificates name the old and"
              + " the new ones, the old ones with until; both are good until then.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = PeerDescription.class),
              examples = @ExampleObject(name = "Laos", value = DESCRIPTION)))
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = PeerProposal.class),
              examples = @ExampleObject(name = "proposed", value = PROPOSED)))
  @APIResponse(responseCode = "422", description = "It cannot be used; violations say why")
  public Response propose(
      @Parameter(description = "The same key and description bring the first outcome")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @Nullable PeerDescription description) {
    if (description == null) {
      throw Problem.malformed("The body is missing.");
    }
    return administration.propose(key, description);
  }

  /** Tells why a peer was suspended by this gateway itself. */
  @GET
  @Path(NATION + "/forks")
  @Operation(
      operationId = "listPeerForks",
      summary = "The forks that were found of a peer's logs, the newest first",
      description =
          "Two checkpoints each, which the log has signed and which are not of one past. A peer is"
              + " suspended when one is found. Example: `GET /admin/v1/peers/LA/forks`")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one", value = FORKS)))
  public PeerForkPage forks(@Parameter(example = "LA") @PathParam("nation") String nation) {
    return new PeerForkPage(
        acts.read(
            connection -> {
              administration.require(connection, nation);
              return KeptForks.of(connection, nation, MOST_FORKS);
            }));
  }

  /** Lists peers. */
  @GET
  @Operation(
      operationId = "listPeers",
      summary = "Lists the peers by nation code",
      description = "Example: `GET /admin/v1/peers`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = PeerPage.class),
              examples = @ExampleObject(name = "one", value = PEERS)))
  public PeerPage list(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    int most = Listing.limit(limit);
    String after = Listing.place(cursor, "");
    List<KeptPeer> found = acts.read(connection -> KeptPeers.after(connection, after, most + 1));
    List<PeerView> page = found.stream().limit(most).map(PeerView::of).toList();
    return new PeerPage(page, found.size() > most ? Listing.cursor(page.getLast().nation()) : null);
  }

  /** Reads a peer. */
  @GET
  @Path(NATION)
  @Operation(operationId = "readPeer", summary = "The peer of one nation")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = PeerView.class),
              examples = @ExampleObject(name = "Laos", value = PEER)))
  public PeerView read(@Parameter(example = "LA") @PathParam("nation") String nation) {
    return acts.read(connection -> PeerView.of(administration.require(connection, nation)));
  }

  /** Suspends a peer. */
  @POST
  @Path(NATION + "/suspension")
  @Operation(
      operationId = "suspendPeer",
      summary = "Neither asks nor answers a peer any more",
      description =
          "One administrator does it alone. Its logs are still witnessed. An approved proposal ends"
              + " it. No body. Example: `POST /admin/v1/peers/LA/suspension`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = PeerView.class),
              examples = @ExampleObject(name = "Laos", value = PEER)))
  public Response suspend(@Parameter(example = "LA") @PathParam("nation") String nation) {
    return administration.suspend(nation);
  }

  /** Lists proposals. */
  @GET
  @Path("/proposals")
  @Operation(
      operationId = "listPeerProposals",
      summary = "Lists the proposals, decided ones included, the oldest first",
      description = "Example: `GET /admin/v1/peers/proposals?limit=20`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = PeerProposalPage.class),
              examples = @ExampleObject(name = "one waits", value = PROPOSALS)))
  public PeerProposalPage proposals(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    int most = Listing.limit(limit);
    UUID after = place(Listing.place(cursor, START.toString()));
    List<PeerProposal> found =
        acts.read(connection -> PeerProposals.after(connection, after, most + 1));
    List<PeerProposal> page = found.stream().limit(most).toList();
    return new PeerProposalPage(
        page, found.size() > most ? Listing.cursor(page.getLast().id().toString()) : null);
  }

  private static UUID place(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.malformed("cursor: not one of this list.");
    }
  }

  /** Approves a proposal. */
  @POST
  @Path(PROPOSAL + "/approval")
  @Operation(
      operationId = "approvePeer",
      summary = "Puts what another administrator has proposed in force",
      description =
          "Every replica follows within seconds. No body. Example: `POST"
              + " /admin/v1/peers/proposals/0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40/approval`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = PeerView.class),
              examples = @ExampleObject(name = "Laos", value = PEER)))
  @APIResponse(responseCode = "403", description = "rule approval/same-administrator")
  @APIResponse(responseCode = "409", description = "Decided, expired, or the peer was changed")
  public Response approve(
      @Parameter(example = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40") @PathParam("id") UUID id) {
    return administration.approve(id);
  }

  /** Rejects a proposal. */
  @POST
  @Path(PROPOSAL + "/rejection")
  @Operation(
      operationId = "rejectPeer",
      summary = "Rejects a proposal, or withdraws one's own",
      description =
          "No body. Example: `POST"
              + " /admin/v1/peers/proposals/0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40/rejection`")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = PeerProposal.class),
              examples = @ExampleObject(name = "proposed", value = PROPOSED)))
  public Response reject(
      @Parameter(example = "0193546a-1c2e-7d1b-a5f3-2b8f6d1c9e40") @PathParam("id") UUID id) {
    return administration.reject(id);
  }
}
