package org.mekong.registry.feed;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Roles;

/** {@code GET /v1/changes}. */
@Path("/v1/changes")
@Produces(MediaType.APPLICATION_JSON)
public class ChangeResource {

  private static final String EXAMPLE =
      """
      {"changes":[
        {"position":4711,"person":"0198a5b2-7c11-7d33-9a55-000000000001",
         "event":"0198a5b2-7c11-7d33-9a55-000000000002","type":"marriage","province":"01",
         "recordedAt":"2026-03-02T08:15:30.123456Z"}],
       "next":"AQAAAAAAABJnB0mYx5S4q1wq4lmyGm6vTI9yQ2V2u3Hk","more":false}
      """;

  private final Follower follower;

  ChangeResource(Follower follower) {
    this.follower = follower;
  }

  /** Reads what follows a cursor. */
  @GET
  @RunOnVirtualThread
  @RolesAllowed(Roles.FEED_READ)
  @Operation(
      summary = "Follow what happens to persons, in one order, by cursor",
      description =
          "Keys and types, no personal data: what has changed is read from the person, for a"
              + " purpose. Every entry stands at one position for good, and nothing comes in between"
              + " later: who asks with the cursor of the answer before misses nothing and sees"
              + " nothing twice. Withdrawn and restored tell, without the event, that nothing can be"
              + " had of a person any more, or again. An answer can be empty with more to come,"
              + " where few entries fit the filter.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              schema = @Schema(implementation = ChangePage.class),
              examples = @ExampleObject(name = "a marriage", value = EXAMPLE)))
  @APIResponse(responseCode = "410", description = "What follows the cursor is not kept any more")
  @APIResponse(responseCode = "422", description = "The cursor is of another feed or filter")
  public ChangePage follow(
      @Parameter(
              description =
                  "member \"next\" of the answer before; \"latest\" for what happens from now on;"
                      + " left out for all that is kept",
              example = "latest")
          @QueryParam("after")
          @Nullable String after,
      @Parameter(description = "1 to 1000", example = "100") @QueryParam("limit")
          @Nullable String limit,
      @Parameter(description = "types of events, comma-separated", example = "live_birth,death")
          @QueryParam("type")
          @Nullable String type,
      @Parameter(
              description = "codes of today's provinces, comma-separated; also who moves away",
              example = "01")
          @QueryParam("province")
          @Nullable String province)
      throws SQLException {
    Follower.Query query = follower.read(after, limit, type, province);
    FeedReader.Slice.Entries found = follower.follow(query);
    return new ChangePage(
        found.entries().stream().map(ChangeView::of).toList(),
        follower.cursor(found.next(), query),
        found.more());
  }
}
