package org.mekong.gateway.receipt;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.log.LogResource;

/** The log, open to all (C2SP tlog-tiles): whoever wants can check all of it. */
@Path("/log/{year: [0-9]{4}}")
@PermitAll
@RunOnVirtualThread
@Tag(name = "log", description = "The tamper-evident log of this gateway, open to all")
public class LogFileResource {

  private final GatewayLog log;

  @Inject
  public LogFileResource(GatewayLog log) {
    this.log = log;
  }

  /** The public key, a vkey of signed-note. */
  @GET
  @Path("/key")
  @Operation(
      operationId = "logKey",
      summary = "The log's public key",
      description =
          "Example: `GET /log/2026/key` answers"
              + " `vn.mekong.example/gateway/2026+1c2d3e4f+Ab...`")
  public Response key(@PathParam("year") int year) {
    return log.years()
        .verifierKey(year)
        .map(key -> Response.ok(key + "\n", "text/plain; charset=utf-8").build())
        .orElseThrow(NotFoundException::new);
  }

  /** The newest checkpoint, a signed note. */
  @GET
  @Path("/checkpoint")
  @Operation(
      operationId = "logCheckpoint",
      summary = "The newest checkpoint: origin, size, root hash, signatures",
      description = "Example: `GET /log/2026/checkpoint`")
  public Response checkpoint(@PathParam("year") int year) {
    return file(year, "checkpoint");
  }

  /** A tile or an entry bundle. */
  @GET
  @Path("/tile/{path: .+}")
  @Operation(
      operationId = "logTile",
      summary = "A tile of hashes or a bundle of entries",
      description = "Example: `GET /log/2026/tile/entries/000.p/3`")
  public Response tile(@PathParam("year") int year, @PathParam("path") String path) {
    return file(year, "tile/" + path);
  }

  private Response file(int year, String path) {
    LogResource file =
        log.years()
            .ofYear(year)
            .flatMap(found -> found.read(path))
            .orElseThrow(NotFoundException::new);
    return Response.ok(file.bytes(), file.mediaType())
        .header("Cache-Control", file.cacheControl())
        .build();
  }
}
