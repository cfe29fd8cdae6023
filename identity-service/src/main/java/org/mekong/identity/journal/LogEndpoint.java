package org.mekong.identity.journal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.log.LogResource;

/** The log, open to all (c2sp.org/tlog-tiles): checkpoint, tiles, entries and the key. */
@Path("/log/{year}")
@RunOnVirtualThread
@RequiresScope(RequiresScope.ANYBODY)
@Tag(name = "log")
public class LogEndpoint {
  private final Journal journal;

  LogEndpoint(Journal journal) {
    this.journal = journal;
  }

  @GET
  @Path("/key")
  @Operation(summary = "The log's public key, as a vkey")
  public Response key(@PathParam("year") String year) {
    requireYear(year);
    return Response.ok(journal.verifierKey() + "\n", "text/plain; charset=utf-8")
        .header("Cache-Control", "public, max-age=3600")
        .build();
  }

  @GET
  @Path("/checkpoint")
  @Operation(summary = "The newest checkpoint, a signed note")
  public Response checkpoint(@PathParam("year") String year) {
    return read(year, "checkpoint");
  }

  @GET
  @Path("/tile/{path:.+}")
  @Operation(summary = "A tile of hashes, or a bundle of entries")
  public Response tile(@PathParam("year") String year, @PathParam("path") String path) {
    return read(year, "tile/" + path);
  }

  private Response read(String year, String path) {
    requireYear(year);
    LogResource found =
        journal
            .read(path)
            .orElseThrow(() -> Problem.NOT_FOUND.because("The log has no such resource (yet)."));
    return Response.ok(found.bytes(), found.mediaType())
        .header("Cache-Control", found.cacheControl())
        .build();
  }

  private void requireYear(String year) {
    if (!year.equals(journal.year())) {
      throw Problem.NOT_FOUND.because("There is no log of that year here.");
    }
  }
}
