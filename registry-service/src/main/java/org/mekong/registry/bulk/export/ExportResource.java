package org.mekong.registry.bulk.export;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.bulk.file.FileFormat;
import org.mekong.registry.caller.CurrentCaller;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.permission.Disclosing;
import org.mekong.registry.problem.Problem;

/** {@code /v1/exports}: many persons, to who may have them. */
@Path("/v1/exports")
@Produces(MediaType.APPLICATION_JSON)
public class ExportResource {

  private static final String NDJSON = "application/x-ndjson";
  private static final String CSV = "text/csv";
  private static final int MOST = 500;
  private static final UUID FIRST = new UUID(0, 0);
  private static final String VIEW =
      """
      {"id":"019b76da-a800-7000-8000-000000000002","state":"open",
       "purpose":"civil-registration","fields":["names","date_of_birth"],"given":0,
       "createdAt":"2026-11-22T04:50:00Z","expiresAt":"2026-11-23T04:50:00Z",
       "persons":"/v1/exports/019b76da-a800-7000-8000-000000000002/persons"}
      """;

  private final ExportDesk desk;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  ExportResource(ExportDesk desk, CurrentCaller caller, ObjectMapper json) {
    this.desk = desk;
    this.caller = caller;
    this.json = json;
  }

  /** Starts an export. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Roles.REGISTER_EXPORT)
  @Disclosing(Kind.READ)
  @Parameter(ref = "explain")
  @Operation(
      summary = "Start an export of persons for a purpose",
      description =
          "Nothing is read yet and nothing is stored: the persons are read page by page at the"
              + " export's persons, and each page is logged as disclosed to each of them.")
  @APIResponse(
      responseCode = "201",
      content =
          @Content(
              schema = @Schema(implementation = ExportView.class),
              examples = @ExampleObject(name = "open", value = VIEW)))
  public Response start(
      @Parameter(required = true, example = "9b1c7c56-2f0d-4d2e-8d55-8f9a4f5f6a16")
          @HeaderParam("Idempotency-Key")
          @Nullable String key,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = StartExport.class),
                      examples =
                          @ExampleObject(
                              name = "a province's young",
                              value =
                                  """
                                  {"purpose":"civil-registration","fields":["names","date_of_birth"],
                                   "provinces":["44"],"bornFrom":1990,"bornTo":2026}
                                  """)))
          @Nullable StartExport body)
      throws SQLException {
    if (body == null) {
      throw Problem.MALFORMED_REQUEST.because("The body is empty.");
    }
    Outcome outcome = desk.start(caller.get().id(), key, body);
    return Response.status(outcome.status())
        .header("Location", outcome.location())
        .entity(outcome.body())
        .build();
  }

  /** Tells how far an export is. */
  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @RolesAllowed(Roles.REGISTER_EXPORT)
  @Operation(summary = "Tell how far one's own export is")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ExportView.class),
              examples = @ExampleObject(name = "open", value = VIEW)))
  public ExportView find(@PathParam("id") String id) throws SQLException {
    return desk.view(id, caller.get().id());
  }

  /** Gives a page of persons. */
  @GET
  @Path("/{id}/persons")
  @Produces({NDJSON, CSV})
  @RunOnVirtualThread
  @RolesAllowed(Roles.REGISTER_EXPORT)
  @Disclosing(Kind.READ)
  @Operation(
      summary = "Get the next persons of one's own export, as NDJSON or CSV",
      description =
          "Put together in their order, the pages are one file: a CSV header stands on the first"
              + " alone. Link with rel=next leads to the next page and is not there on the last. A"
              + " page may be short, or empty, and not be the last. Whoever is cut off asks for the"
              + " same page again. Cells that a spreadsheet would take for a formula begin with an"
              + " apostrophe.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = NDJSON,
            examples =
                @ExampleObject(
                    name = "one",
                    value =
                        """
                        {"id":"0190f3c4-5a10-7b21-8c43-5d6e7f809101","dateOfBirth":"1999-03-08"}
                        """)),
        @Content(
            mediaType = CSV,
            examples =
                @ExampleObject(
                    name = "one",
                    value =
                        """
                        id,date_of_birth
                        0190f3c4-5a10-7b21-8c43-5d6e7f809101,1999-03-08
                        """))
      })
  public Response persons(
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit,
      @Context HttpHeaders headers)
      throws SQLException {
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "range", "is no number from 1 to " + MOST);
    }
    boolean table =
        headers.getAcceptableMediaTypes().stream()
            .findFirst()
            .filter(type -> type.getSubtype().equals("csv"))
            .isPresent();
    FileFormat format = table ? FileFormat.CSV : FileFormat.NDJSON;
    UUID position = cursor == null ? FIRST : position(cursor);
    ExportDesk.Page page = desk.page(id, caller.get().id(), position, limit);
    Response.ResponseBuilder answer =
        Response.ok(
            ExportFile.of(page.persons(), page.fields(), format, cursor == null, json),
            format.mediaType() + "; charset=utf-8");
    UUID next = page.next();
    if (next != null) {
      answer.header(
          "Link",
          "</v1/exports/%s/persons?cursor=%s&limit=%d>; rel=\"next\""
              .formatted(id, cursor(next), limit));
    }
    return answer.header("Cache-Control", "no-store").build();
  }

  private static String cursor(UUID id) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static UUID position(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() == 16) {
        return new UUID(bytes.getLong(), bytes.getLong());
      }
    } catch (IllegalArgumentException e) {
      throw Problem.INVALID_CURSOR.because("The cursor was not made by this export.");
    }
    throw Problem.INVALID_CURSOR.because("The cursor was not made by this export.");
  }
}
