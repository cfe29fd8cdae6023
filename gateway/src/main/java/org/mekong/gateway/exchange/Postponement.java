package org.mekong.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.transport.Reply;

/**
 * A peer's word that it takes the same request later: it has done nothing with it, and nothing of
 * it is broken. It is not signed, and can only make us ask later.
 *
 * @param after until the request is worth sending again
 */
public record Postponement(Duration after) {

  /** Name of its problem type. */
  public static final String TYPE = "postponed";

  private static final int STATUS = 503;
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** The postponement in a reply; empty where it is none. */
  static Optional<Postponement> of(Reply reply) {
    if (reply.status() != STATUS || !reply.mediaType().equals("application/problem+json")) {
      return Optional.empty();
    }
    try {
      JsonNode problem = StrictJson.mapper().readTree(reply.body());
      return problem.path("type").asText().equals(Problem.type(TYPE).toString())
          ? Optional.of(
              new Postponement(
                  reply.retryAfter().compareTo(SHORTEST) < 0 ? SHORTEST : reply.retryAfter()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
