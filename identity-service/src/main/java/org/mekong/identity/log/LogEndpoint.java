package org.mekong.identity.log;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.identity.access.Problem;
import org.mekong.identity.access.RequiresScope;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.log.LogException;
import org.mekong.log.LogResource;
import org.mekong.log.note.VerifierKey;

/** The log, open to all (c2sp.org/tlog-tiles): checkpoint, tiles, entries and the key. */
@Path("/log/{year:[0-9]{4}}")
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
  @Operation(summary = "The log's public key, as a vkey; the next year's is there in time")
  public Response key(@PathParam("year") int year) {
    VerifierKey key = found(() -> journal.log().verifierKey(year));
    return Response.ok(key + "\n", "text/plain; charset=utf-8")
        .header("Cache-Control", "public, max-age=3600")
        .build();
  }

  @GET
  @Path("/checkpoint")
  @Operation(summary = "The newest checkpoint, a signed note")
  public Response checkpoint(@PathParam("year") int year) {
    return read(year, "checkpoint");
  }

  @GET
  @Path("/tile/{path:.+}")
  @Operation(summary = "A tile of hashes, or a bundle of entries")
  public Response tile(@PathParam("year") int year, @PathParam("path") String path) {
    return read(year, "tile/" + path);
  }

  private Response read(int year, String path) {
    LogResource found = found(() -> journal.log().ofYear(year).flatMap(log -> log.read(path)));
    return Response.ok(found.bytes(), found.mediaType())
        .header("Cache-Control", found.cacheControl())
        .build();
  }

  private static <T> T found(Supplier<Optional<T>> search) {
    try {
      return search
          .get()
          .orElseThrow(
              () -> Problem.NOT_FOUND.because("There is no log of that year, or nothing (yet)."));
    } catch (LogException failed) {
      throw new JournalUnavailable(failed);
    }
  }
}
