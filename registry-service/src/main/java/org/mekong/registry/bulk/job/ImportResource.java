package org.mekong.registry.bulk.job;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.BulkConfig;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;

/** {@code /admin/v1/imports}: files of persons, into the register. */
@Path("/admin/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportResource {

  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";
  private static final int DRAINED = 16 << 20;

  private final Uploads uploads;
  private final ImportDesk desk;
  private final Problems problems;
  private final CurrentCaller caller;
  private final SecurityIdentity identity;
  private final Semaphore arriving;

  ImportResource(
      Uploads uploads,
      ImportDesk desk,
      Problems problems,
      CurrentCaller caller,
      SecurityIdentity identity,
      BulkConfig config) {
    this.uploads = uploads;
    this.desk = desk;
    this.problems = problems;
    this.caller = caller;
    this.identity = identity;
    this.arriving = new Semaphore(config.uploads());
  }

  /**
   * Takes a file in.
   *
   * @param dryRun whether its rows are checked and not stored
   * @param onProblem {@code continue}: rows that break a rule are refused and all others stored;
   *     {@code stop}: all are checked first, and none is stored unless all keep the rules
   */
  @POST
  @Consumes({NDJSON, CSV})
  @RunOnVirtualThread
  @RolesAllowed(Roles.REGISTER_IMPORT)
  @Operation(
      summary = "Import a file of persons",
      description =
          "The file is the body: NDJSON, each line a body of POST /v1/persons, or CSV with a header,"
              + " in UTF-8, as it is or compressed by gzip. Its form is looked at while it arrives;"
              + " a file whose form does not hold is refused as a whole and leaves nothing. The"
              + " answer comes when every byte is safe; then the rows are worked off, whatever"
              + " stops a process. The very same file is taken once.")
  @APIResponse(
      responseCode = "202",
      description = "Taken; the location tells how far it is",
      content =
          @Content(
              schema = @Schema(implementation = ImportView.class),
              examples = @ExampleObject(name = "taken", value = Examples.TAKEN)))
  @APIResponse(responseCode = "400", description = "The form does not hold; names the row")
  @APIResponse(responseCode = "409", description = "The file was taken before; names the import")
  public Response receive(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a15")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @HeaderParam("Content-Encoding") @Nullable String encoding,
      @QueryParam("dryRun") @DefaultValue("false") String dryRun,
      @QueryParam("onProblem") @DefaultValue("continue") String onProblem,
      @Context HttpHeaders headers,
      @RequestBody(
              content = {
                @Content(
                    mediaType = CSV,
                    examples = @ExampleObject(name = "a family", value = Examples.CSV)),
                @Content(
                    mediaType = NDJSON,
                    examples = @ExampleObject(name = "a line", value = Examples.NDJSON))
              })
          InputStream body)
      throws SQLException, IOException {
    try {
      OperationKey operation = OperationKey.of(caller.get().id(), key);
      Uploads.Request request =
          new Uploads.Request(
              format(headers.getMediaType()), packed(encoding), flag(dryRun), choice(onProblem));
      if (!arriving.tryAcquire()) {
        throw Problem.TOO_MANY_FILES.because("As many files arrive as this node takes at a time.");
      }
      try {
        Outcome outcome = uploads.receive(operation, request, body);
        return Response.status(outcome.status())
            .header("Location", outcome.location())
            .entity(outcome.body())
            .build();
      } finally {
        arriving.release();
      }
    } finally {
      drain(body);
    }
  }

  /** Lists imports. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed({Roles.REGISTER_IMPORT, Roles.ADMIN})
  @Operation(
      summary = "List one's own imports, the latest first; an administrator sees everybody's")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ImportPage.class),
              examples = @ExampleObject(name = "one", value = Examples.PAGE)))
  public ImportPage list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("20") int limit)
      throws SQLException {
    return desk.page(whose(), cursor, limit);
  }

  /** Tells how far an import is. */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @RolesAllowed({Roles.REGISTER_IMPORT, Roles.ADMIN})
  @Operation(summary = "Tell how far an import is")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ImportView.class),
              examples = @ExampleObject(name = "running", value = Examples.RUNNING)))
  public ImportView find(@PathParam("id") String id) throws SQLException {
    return desk.find(id, whose());
  }

  /** Cancels an import. */
  @POST
  @Path("/{id}/cancellation")
  @RunOnVirtualThread
  @RolesAllowed({Roles.REGISTER_IMPORT, Roles.ADMIN})
  @Operation(
      summary = "Cancel an import",
      description =
          "Rows that are stored stay; the problems then name those that are not in. One that has"
              + " ended stays as it is.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ImportView.class),
              examples = @ExampleObject(name = "cancelled", value = Examples.CANCELLED)))
  public ImportView cancel(@PathParam("id") String id) throws SQLException {
    return desk.cancel(id, whose());
  }

  /** Gives the problems of an import's rows as a file. */
  @GET
  @Path("/{id}/problems")
  @Produces({CSV, NDJSON})
  @RunOnVirtualThread
  @RolesAllowed({Roles.REGISTER_IMPORT, Roles.ADMIN})
  @Operation(
      summary = "Get what is wrong with the rows of an import, as CSV or NDJSON",
      description = "Row, field, rule and detail, never a value. Grows while the import runs.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = CSV,
            examples = @ExampleObject(name = "two rows", value = Examples.PROBLEMS_CSV)),
        @Content(
            mediaType = NDJSON,
            examples = @ExampleObject(name = "a line", value = Examples.PROBLEMS_NDJSON))
      })
  public Response problems(@PathParam("id") String id, @Context HttpHeaders headers)
      throws SQLException {
    UUID key = desk.key(id, whose());
    boolean lines =
        headers.getAcceptableMediaTypes().stream()
            .findFirst()
            .filter(type -> type.getSubtype().equals("x-ndjson"))
            .isPresent();
    FileFormat format = lines ? FileFormat.NDJSON : FileFormat.CSV;
    StreamingOutput file = out -> problems.write(key, format, out);
    return Response.ok(file, format.mediaType() + "; charset=utf-8")
        .header(
            "Content-Disposition",
            "attachment; filename=\"problems-" + key + "." + format.code() + "\"")
        .build();
  }

  private String whose() {
    return identity.hasRole(Roles.ADMIN) ? "" : caller.get().id();
  }

  private static FileFormat format(MediaType type) {
    String charset = type.getParameters().getOrDefault("charset", "utf-8");
    if (!charset.toLowerCase(Locale.ROOT).equals("utf-8")) {
      throw Problem.UNSUPPORTED_MEDIA_TYPE.because("Files are read in UTF-8 alone.");
    }
    return type.getSubtype().equals("csv") ? FileFormat.CSV : FileFormat.NDJSON;
  }

  private static boolean packed(@Nullable String encoding) {
    if (encoding == null || encoding.equals("identity")) {
      return false;
    }
    if (!encoding.equals("gzip")) {
      throw Problem.UNSUPPORTED_MEDIA_TYPE.because(
          "A file comes as it is or with Content-Encoding gzip.");
    }
    return true;
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw Problem.invalid("dryRun", "type", "is neither true nor false");
    }
    return text.equals("true");
  }

  private static Import.OnProblem choice(String text) {
    return Import.OnProblem.ofCode(text)
        .orElseThrow(
            () -> Problem.invalid("onProblem", "known-code", "is neither continue nor stop"));
  }

  /** Who is refused gets to hear it only when they have sent what they are sending. */
  private static void drain(InputStream body) {
    try {
      byte[] buffer = new byte[1 << 14];
      int left = DRAINED;
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = body.read(buffer);
      }
    } catch (IOException | RuntimeException gone) {
      return; // nobody is there to hear it, or the limit has been answered
    }
  }
}
