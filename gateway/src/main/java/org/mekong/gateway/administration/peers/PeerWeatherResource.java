package org.mekong.gateway.administration.peers;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mekong.gateway.access.AdministratorScope;
import org.mekong.gateway.exchange.guard.PeerGuards;
import org.mekong.gateway.exchange.guard.Weather;
import org.mekong.gateway.peer.Peers;

/** {@code /admin/v1/weather}: how each peer stands with the replica that answers. */
@Path("/admin/v1/weather")
@PermitAll // to whom the filter of @AdministratorScope lets through
@AdministratorScope
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "peers", description = "The gateways of other nations, and what is pinned of them")
public class PeerWeatherResource {

  private static final String EXAMPLE =
      """
      {"items": [{"nation": "LA", "weather": {"circuit": "closed", "underWay": 3,
        "beingAnswered": 1, "turnedAway": 0, "clockDifference": -1, "lastAnswer": "2026-11-22T09:30:00Z"}}]}
      """;

  private final Peers peers;
  private final PeerGuards guards;

  @Inject
  PeerWeatherResource(Peers peers, PeerGuards guards) {
    this.peers = peers;
    this.guards = guards;
  }

  /** The weather of one peer. */
  public record PeerWeather(String nation, Weather weather) {}

  /** The weather of all peers. */
  public record WeatherPage(List<PeerWeather> items) {

    public WeatherPage {
      items = List.copyOf(items);
    }
  }

  /** Tells how each peer stands. */
  @GET
  @Operation(
      operationId = "peerWeather",
      summary = "How each peer stands: circuit, questions under way both ways, clock",
      description =
          "As the replica that answers sees it. Example: `GET /admin/v1/weather`; the same figures"
              + " are metrics, by peer.")
  @APIResponse(
      responseCode = "200",
      content = @Content(examples = @ExampleObject(name = "one peer", value = EXAMPLE)))
  public WeatherPage weather() {
    return new WeatherPage(
        peers.all().stream()
            .map(peer -> new PeerWeather(peer.nation(), guards.weather(peer.nation())))
            .toList());
  }
}
