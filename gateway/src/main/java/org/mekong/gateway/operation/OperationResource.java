package org.mekong.gateway.operation;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.http.Cursor;
import org.mekong.gateway.http.Problem;

/** {@code /v1/operations}: what became of lookups whose callers did not wait. */
@Path("/v1/operations")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation", description = "Lookups whose callers do not wait")
public class OperationResource {

  static final String ID = "01932f6e-1f2a-7c3b-8d4e-5f6071829304";
  private static final String PENDING =
      """
      {"id": "01932f6e-1f2a-7c3b-8d4e-5f6071829304", "state": "pending", "country": "LA",
       "kind": "verify", "purpose": "marriage", "created": "2026-11-21T09:30:00.123456Z",
       "expires": "2026-11-22T09:30:00Z", "attempts": 3, "failure": "exchange/unreachable",
       "links": {"self": "/v1/operations/01932f6e-1f2a-7c3b-8d4e-5f6071829304",
         "events": "/v1/operations/01932f6e-1f2a-7c3b-8d4e-5f6071829304/events"}}
      """;
  private static final String ANSWERED =
      """
      {"id": "01932f6e-1f2a-7c3b-8d4e-5f6071829304", "state": "answered", "country": "LA",
       "kind": "verify", "purpose": "marriage", "created": "2026-11-21T09:30:00.123456Z",
       "expires": "2026-11-22T09:30:00Z", "finished": "2026-11-21T11:02:13.5Z", "attempts": 12,
       "answer": {"requestId": "01932f6e-2b11-7a01-9c0d-0102030405ff", "country": "LA",
         "kind": "verify", "purpose": "marriage", "agreement": {"id": "vn-la", "version": 1},
         "outcome": "answered", "answers": [{"name": "alive", "answer": "yes"}],
         "signedRequest": "eyJhbGciOiJFUzI1NiIs...", "signedAnswer": "eyJhbGciOiJFUzI1NiIs...",
         "receipt": "c2sp.org/tlog-proof@v1\\n...", "trace": {}},
       "links": {"self": "/v1/operations/01932f6e-1f2a-7c3b-8d4e-5f6071829304",
         "events": "/v1/operations/01932f6e-1f2a-7c3b-8d4e-5f6071829304/events"}}
      """;
  private static final String PAGE = "{\"operations\": [" + PENDING + "]}";

  private static final Logger LOG = Logger.getLogger(OperationResource.class);
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final OperationDesk desk;
  private final CallingAgency caller;

  @Inject
  OperationResource(OperationDesk desk, CallingAgency caller) {
    this.desk = desk;
    this.caller = caller;
  }

  /** An operation, with its outcome when there is one. */
  @GET
  @Path("/{id}")
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "operation",
      summary = "What became of a lookup whose caller did not wait",
      description =
          "For the client that queued it. answer and problem are what the lookup would have given a"
              + " caller who waits; the token of this call must still cover the question. They are"
              + " erased soon after they were first fetched (gateway.operation.fetched-retention).")
  @APIResponse(
      responseCode = "200",
      description = "The operation; Retry-After says when to look again while it is pending",
      content =
          @Content(
              schema = @Schema(implementation = OperationView.class),
              examples = {
                @ExampleObject(name = "pending", value = PENDING),
                @ExampleObject(name = "answered", value = ANSWERED)
              }))
  @APIResponse(responseCode = "403", description = "The token no longer covers the question")
  @APIResponse(responseCode = "404", description = "This client has no such operation")
  public Response find(@Parameter(example = ID) @PathParam("id") String id) {
    return answering(
        () -> {
          Operation operation = desk.find(read(id), caller.get().clientId());
          Response.ResponseBuilder response =
              Response.ok(desk.show(caller.get(), operation)).header("Cache-Control", "no-store");
          if (operation.state() == State.PENDING) {
            response.header("Retry-After", desk.retryAfter(operation));
          }
          return response.build();
        });
  }

  /** The operations of the client. */
  @GET
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "operations",
      summary = "The operations of the calling client, the newest first",
      description = "Without their outcomes, which GET /v1/operations/{id} gives.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = OperationPage.class),
              examples = @ExampleObject(name = "one waits", value = PAGE)))
  public Response list(
      @Parameter(description = "one state", example = "pending") @QueryParam("state")
          @Nullable String state,
      @Parameter(description = "next of the page before") @QueryParam("cursor")
          @Nullable String cursor,
      @Parameter(description = "1 to 100", example = "20") @QueryParam("limit")
          @Nullable String limit) {
    return answering(
        () ->
            Response.ok(
                    desk.list(
                        caller.get().clientId(),
                        OperationPage.read(cursor),
                        state(state),
                        Cursor.limit(limit)))
                .header("Cache-Control", "no-store")
                .build());
  }

  /** Withdraws an operation. */
  @DELETE
  @Path("/{id}")
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "cancelOperation",
      summary = "Withdraws a lookup that is not yet being sent")
  @APIResponse(responseCode = "204", description = "It is withdrawn, and nothing was sent")
  @APIResponse(responseCode = "404", description = "This client has no such operation")
  @APIResponse(responseCode = "409", description = "It is being sent, was sent, or is final")
  public Response cancel(@Parameter(example = ID) @PathParam("id") String id) {
    return answering(
        () -> {
          desk.cancel(read(id), caller.get().clientId());
          return Response.noContent().build();
        });
  }

  private interface Work {
    Response done() throws SQLException;
  }

  private static Response answering(Work work) {
    try {
      return work.done();
    } catch (SQLException e) {
      LOG.error("Operations cannot be read or written", e);
      throw Problem.unavailable("The operation cannot be looked up now.");
    }
  }

  /** There is no such operation of this client. */
  public static RuntimeException absent() {
    return OperationProblem.absent();
  }

  /** The id in a path. */
  public static UUID read(String id) {
    if (!UUID_TEXT.matcher(id).matches()) {
      throw OperationProblem.absent();
    }
    return UUID.fromString(id);
  }

  private static @Nullable State state(@Nullable String name) {
    if (name == null) {
      return null;
    }
    for (State state : State.values()) {
      if (state.wireName().equals(name)) {
        return state;
      }
    }
    throw Problem.malformed("state: pending, answered, refused, expired or cancelled.");
  }
}
