package org.mekong.registry.log;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.problem.Problem;

/**
 * The log of each year as static files (c2sp.org/tlog-tiles), open to all: it holds no personal
 * data.
 */
@Path("/log/{year:[0-9]{4}}")
public class LogFilesResource {

  private final YearlyLog logs;

  LogFilesResource(YearlyLog logs) {
    this.logs = logs;
  }

  /** The public key that a log's checkpoints are signed by; the next year's is there in time. */
  @GET
  @Path("/key")
  @PermitAll
  @Operation(summary = "The log's verifier key, as a line of c2sp.org/signed-note")
  public Response key(@PathParam("year") int year) {
    return logs.verifierKey(year)
        .map(key -> Response.ok(key + "\n", "text/plain; charset=utf-8"))
        .orElseThrow(LogFilesResource::absent)
        .build();
  }

  /** A checkpoint, tile or entry bundle. */
  @GET
  @Path("/{path:(checkpoint|tile/[0-9a-z./]+)}")
  @PermitAll
  @Operation(summary = "A checkpoint, tile or entry bundle of c2sp.org/tlog-tiles")
  public Response file(@PathParam("year") int year, @PathParam("path") String path) {
    return logs.ofYear(year)
        .flatMap(log -> log.read(path))
        .map(
            file ->
                Response.ok(file.bytes())
                    .header("Content-Type", file.mediaType())
                    .header("Cache-Control", file.cacheControl())
                    .build())
        .orElseThrow(LogFilesResource::absent);
  }

  private static io.quarkiverse.resteasy.problem.HttpProblem absent() {
    return Problem.NOT_FOUND.because("The log has no such file, or not yet.");
  }
}
