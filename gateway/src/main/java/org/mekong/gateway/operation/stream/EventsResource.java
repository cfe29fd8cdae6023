package org.mekong.gateway.operation.stream;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.CallingAgency;
import org.mekong.gateway.access.LookupScope;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.operation.Bell;
import org.mekong.gateway.operation.Operation;
import org.mekong.gateway.operation.OperationConfig;
import org.mekong.gateway.operation.OperationResource;
import org.mekong.gateway.operation.Operations;
import org.mekong.gateway.operation.State;
import org.mekong.gateway.storage.Transactions;

/** Server-sent events of operations. */
@Path("/v1/operations")
@PermitAll // to whom the filter of @LookupScope lets through
@LookupScope
@RunOnVirtualThread
@Tag(name = "operation", description = "Lookups whose callers do not wait")
public class EventsResource {

  private static final Logger LOG = Logger.getLogger(EventsResource.class);
  private static final Pattern EVENT = Pattern.compile("[0-9]{1,18}");
  private static final int PAGE = 100;
  private static final String EXAMPLE =
      """
      event: operation
      id: 4711
      data: {"id":"01932f6e-1f2a-7c3b-8d4e-5f6071829304","state":"answered","country":"LA","kind":"verify","purpose":"marriage","created":"2026-11-21T09:30:00Z","expires":"2026-11-22T09:30:00Z","finished":"2026-11-21T11:02:13Z","attempts":12,"links":{"self":"/v1/operations/01932f6e-1f2a-7c3b-8d4e-5f6071829304","events":"/v1/operations/01932f6e-1f2a-7c3b-8d4e-5f6071829304/events"}}

      """;

  private final Operations operations;
  private final Transactions transactions;
  private final OpenStreams streams;
  private final OperationConfig config;
  private final CallingAgency caller;

  @Inject Bell bell;
  @Inject Clock clock;

  @Inject
  EventsResource(
      Operations operations,
      Transactions transactions,
      OpenStreams streams,
      OperationConfig config,
      CallingAgency caller) {
    this.operations = operations;
    this.transactions = transactions;
    this.streams = streams;
    this.config = config;
    this.caller = caller;
  }

  /** What becomes of all operations of the client. */
  @GET
  @Path("/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "operationEvents",
      summary = "Follows the operations of the calling client as server-sent events",
      description =
          "One event for each operation that becomes final, without its outcome: fetch that. With"
              + " the id of the last event in Last-Event-ID a new stream goes on where the one"
              + " before ended; without it, with what happens from now on. A stream ends by itself"
              + " after gateway.operation.longest-stream, because each needs a fresh proof.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              examples = @ExampleObject(name = "one is answered", value = EXAMPLE)))
  @APIResponse(responseCode = "429", description = "Too many streams are open")
  public void all(
      @Parameter(description = "where to go on", example = "4711") @HeaderParam("Last-Event-ID")
          @Nullable String lastEventId,
      @Context RoutingContext http,
      @Context SseEventSink sink,
      @Context Sse sse) {
    String client = caller.get().clientId();
    long after = after(client, lastEventId);
    serve(client, after, http, sink, sse, new All(client));
  }

  /** What becomes of one operation. */
  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @org.eclipse.microprofile.openapi.annotations.Operation(
      operationId = "operationEventsOfOne",
      summary = "Follows one operation as server-sent events",
      description = "One event when it becomes final, or is: then the stream ends.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              examples = @ExampleObject(name = "it is answered", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "This client has no such operation")
  @APIResponse(responseCode = "429", description = "Too many streams are open")
  public void one(
      @Parameter(example = "01932f6e-1f2a-7c3b-8d4e-5f6071829304") @PathParam("id") String id,
      @Context RoutingContext http,
      @Context SseEventSink sink,
      @Context Sse sse) {
    String client = caller.get().clientId();
    var one = new One(client, OperationResource.read(id));
    try {
      one.find();
    } catch (SQLException e) {
      throw unavailable(e);
    }
    serve(client, 0, http, sink, sse, one);
  }

  private final class All implements OperationStream.Source {

    private final String client;

    private All(String client) {
      this.client = client;
    }

    @Override
    public List<Operation> since(long event) throws SQLException {
      return transactions.in(connection -> operations.since(connection, client, event, PAGE));
    }

    @Override
    public boolean ends(List<Operation> told) {
      return false;
    }
  }

  private final class One implements OperationStream.Source {

    private final String client;
    private final UUID id;

    private One(String client, UUID id) {
      this.client = client;
      this.id = id;
    }

    private Operation find() throws SQLException {
      return transactions
          .in(connection -> operations.find(connection, id, client))
          .orElseThrow(OperationResource::absent);
    }

    @Override
    public List<Operation> since(long event) throws SQLException {
      Operation found = find();
      return found.state() == State.PENDING ? List.of() : List.of(found);
    }

    @Override
    public boolean ends(List<Operation> told) {
      return !told.isEmpty();
    }
  }

  private long after(String client, @Nullable String lastEventId) {
    if (lastEventId != null && !lastEventId.isEmpty()) {
      if (!EVENT.matcher(lastEventId).matches()) {
        throw Problem.malformed("Last-Event-ID: the id of an event of this stream.");
      }
      return Long.parseLong(lastEventId);
    }
    try {
      return transactions.in(connection -> operations.last(connection, client));
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static RuntimeException unavailable(SQLException e) {
    LOG.error("Operations cannot be followed", e);
    return Problem.unavailable("Operations cannot be followed now.");
  }

  private void serve(
      String client,
      long after,
      RoutingContext http,
      SseEventSink sink,
      Sse sse,
      OperationStream.Source source) {
    streams.enter(client);
    Runnable cut = http.response()::reset;
    var stream =
        new OperationStream(
            source,
            bell,
            config,
            clock,
            new OperationStream.Channel(sse, sink, cut),
            clock.instant().plus(config.longestStream()));
    Thread.ofVirtual()
        .name("operation-stream")
        .start(
            () -> {
              try {
                stream.serve(after);
              } catch (InterruptedException | SQLException | RuntimeException e) {
                LOG.errorf(e, "A stream of operations broke off; its client goes on with another");
                cut.run();
              } finally {
                streams.leave(client);
              }
            });
  }
}
