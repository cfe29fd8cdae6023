package org.mekong.gateway.witness;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.gateway.http.Problem;
import org.mekong.log.witness.AddCheckpointAnswer;

/**
 * The witness protocol (C2SP tlog-witness v1.0.0): its own statuses and plain text bodies, no
 * problem documents. Open to all, as the protocol is: only the signature of a known log moves
 * anything.
 */
@Path("/witness")
@PermitAll
@RunOnVirtualThread
@Tag(
    name = "witness",
    description = "Cosigns the logs of peers, and carries our own logs to them (C2SP tlog-witness)")
public class WitnessResource {

  private static final String PLAIN = "text/plain; charset=utf-8";

  private final PeersWitness witness;
  private final CheckpointCarrier carrier;

  @Inject
  public WitnessResource(PeersWitness witness, CheckpointCarrier carrier) {
    this.witness = witness;
    this.carrier = carrier;
  }

  /** The key that cosignatures verify against. */
  @GET
  @Path("/key")
  @Operation(
      operationId = "witnessKey",
      summary = "The public key of this witness",
      description =
          "Example: `GET /witness/key` answers `vn.mekong.example/witness+5e6f7a8b+BA...`")
  public Response key() {
    return Response.ok(witness.verifierKey().orElseThrow(NotFoundException::new) + "\n", PLAIN)
        .build();
  }

  /** Cosigns a checkpoint of a peer's log that continues what was cosigned before. */
  @POST
  @Path("/add-checkpoint")
  @Operation(
      operationId = "addCheckpoint",
      summary = "Cosigns a checkpoint of a peer's log",
      description =
          "200 with cosignature lines; 400 malformed or old size larger than the checkpoint; 403 no signature of a known key; 404"
              + " unknown origin; 409 with the latest size where the old size is another; 422 where the proof does not hold.")
  @RequestBody(
      content =
          @Content(
              mediaType = "text/plain",
              examples =
                  @ExampleObject(
                      name = "first checkpoint",
                      value =
                          "old 0\n\nla.mekong.example/registry/2026\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— la.mekong.example/registry/2026 Az3grlgt...\n")))
  @APIResponse(responseCode = "200", description = "Cosignature lines")
  @APIResponse(responseCode = "409", description = "The latest cosigned size, text/x.tlog.size")
  public Response addCheckpoint(byte[] body) {
    try {
      return response(witness.addCheckpoint(body).orElseThrow(NotFoundException::new));
    } catch (SQLException e) {
      throw Problem.unavailable("The witness cannot keep what it would cosign.");
    }
  }

  /**
   * Carries a checkpoint of one of our own node's logs to a peer's witness and brings back what it
   * said.
   */
  @POST
  @Path("/{country: [A-Z]{2}}/add-checkpoint")
  @Operation(
      operationId = "carryCheckpoint",
      summary = "Carries a checkpoint of this node's logs to the witness of a peer",
      description =
          "The peer's own status and body; 404 where the country is no peer or the log is not of"
              + " this node; 502 where the peer does not answer. Example: the body of addCheckpoint"
              + " answers `— la.mekong.example/witness 5e6f7a8bBA...`")
  public Response carry(@PathParam("country") String country, byte[] body) {
    return switch (carrier.carry(country, body)) {
      case CheckpointCarrier.Carried.Answered answered ->
          Response.status(answered.status())
              .entity(answered.body())
              .header("Content-Type", answered.mediaType())
              .build();
      case CheckpointCarrier.Carried.Malformed malformed -> plain(400, malformed.reason());
      case CheckpointCarrier.Carried.NotOurs ignored ->
          plain(404, "the log is not of this node, or the country is no peer");
      case CheckpointCarrier.Carried.Unreachable ignored ->
          plain(502, "the witness of " + country + " does not answer");
    };
  }

  private static Response response(AddCheckpointAnswer answer) {
    return Response.status(answer.status())
        .entity(answer.body().getBytes(StandardCharsets.UTF_8))
        .header("Content-Type", answer.mediaType())
        .build();
  }

  private static Response plain(int status, String reason) {
    return Response.status(status)
        .entity((reason + "\n").getBytes(StandardCharsets.UTF_8))
        .header("Content-Type", PLAIN)
        .build();
  }
}
