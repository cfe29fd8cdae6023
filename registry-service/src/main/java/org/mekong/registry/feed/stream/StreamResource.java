package org.mekong.registry.feed.stream;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.AccessPrincipal;
import org.mekong.registry.caller.Roles;
import org.mekong.registry.feed.FeedConfig;
import org.mekong.registry.feed.FeedReader;
import org.mekong.registry.feed.FeedWatch;
import org.mekong.registry.feed.Follower;
import org.mekong.registry.problem.Problem;
import org.mekong.resourceserver.token.VerifiedAccess;

/** {@code GET /v1/changes/stream}. */
@Path("/v1/changes/stream")
public class StreamResource {

  private static final Logger LOG = Logger.getLogger(StreamResource.class);
  private static final String EXAMPLE =
      """
      event: change
      id: AQAAAAAAABJnB0mYx5S4q1wq4lmyGm6vTI9yQ2V2u3Hk
      data: {"position":4711,"person":"0198a5b2-7c11-7d33-9a55-000000000001","type":"death","province":"01","recordedAt":"2026-03-02T08:15:30.123456Z"}

      """;

  private final Follower follower;
  private final FeedWatch watch;
  private final FeedConfig config;
  private final OpenStreams streams;
  private final Clock clock;

  StreamResource(
      Follower follower, FeedWatch watch, FeedConfig config, OpenStreams streams, Clock clock) {
    this.follower = follower;
    this.watch = watch;
    this.config = config;
    this.streams = streams;
    this.clock = clock;
  }

  /** Streams what follows a cursor, and what happens from then on. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RunOnVirtualThread
  @RolesAllowed(Roles.FEED_READ)
  @Operation(
      summary = "Follow what happens to persons as server-sent events",
      description =
          "The same entries as GET /v1/changes, as they come. The id of each event is the cursor"
              + " behind it: with it in Last-Event-ID a new stream goes on where the one before"
              + " ended. When nothing happens a comment comes every 15 seconds. The stream ends"
              + " with an event \"end\" when the token expires; who reads too slowly is cut off.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              examples = @ExampleObject(name = "a death", value = EXAMPLE)))
  @APIResponse(responseCode = "410", description = "What follows the cursor is not kept any more")
  @APIResponse(responseCode = "422", description = "The cursor is of another feed or filter")
  @APIResponse(responseCode = "429", description = "Too many streams are open")
  public void stream(
      @Parameter(description = "where to go on; wins over \"after\"") @HeaderParam("Last-Event-ID")
          @Nullable String lastEventId,
      @Parameter(
              description = "as in GET /v1/changes; from now on when left out",
              example = "latest")
          @QueryParam("after")
          @Nullable String after,
      @Parameter(description = "types of events, comma-separated", example = "live_birth,death")
          @QueryParam("type")
          @Nullable String type,
      @Parameter(description = "codes of today's provinces, comma-separated", example = "01")
          @QueryParam("province")
          @Nullable String province,
      @Context SecurityIdentity identity,
      @Context RoutingContext http,
      @Context SseEventSink sink,
      @Context Sse sse)
      throws SQLException {
    VerifiedAccess access = access(identity);
    String from = lastEventId == null || lastEventId.isEmpty() ? after : lastEventId;
    Follower.Query query = follower.read(from == null ? "latest" : from, null, type, province);
    FeedReader.Slice.Entries first = follower.follow(query);
    String caller = access.clientId();
    Instant until = access.expiresAt();
    streams.enter(caller);
    Runnable cut = http.response()::reset;
    ChangeStream stream =
        new ChangeStream(
            follower, watch, config, clock, new ChangeStream.Channel(sse, sink, cut), until);
    Thread.ofVirtual()
        .name("change-stream")
        .start(
            () -> {
              try {
                stream.serve(query, first);
              } catch (InterruptedException | SQLException | RuntimeException e) {
                LOG.errorf(e, "A stream of changes broke off; its client goes on with another");
                cut.run();
              } finally {
                streams.leave(caller);
              }
            });
  }

  private static VerifiedAccess access(SecurityIdentity identity) {
    if (identity.getPrincipal() instanceof AccessPrincipal(VerifiedAccess access)) {
      return access;
    }
    throw Problem.FORBIDDEN.because("A stream is open as long as a token, and there is none.");
  }
}
