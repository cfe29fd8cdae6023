package org.mekong.registry.matching.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A decision on a pair.
 *
 * @param number from 1; the highest is in force
 * @param decidedBy the client that the officer used
 * @param survivor who stands in the register for both
 * @param eventId the merge or split that followed
 */
@Schema(name = "DuplicateDecision")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
    int number,
    String decision,
    String reason,
    String decidedBy,
    String agency,
    Instant decidedAt,
    @Nullable UUID survivor,
    @Nullable UUID eventId) {

  /**
   * What somebody is told whose decision comes too late; without the reason, since problems are
   * logged.
   */
  record Made(int number, String decision, String agency, Instant decidedAt) {}

  static Made made(Decision decision) {
    return new Made(decision.number(), decision.verdict().code(), decision.agency(), decision.at());
  }

  static DecisionView of(Decision decision) {
    return new DecisionView(
        decision.number(),
        decision.verdict().code(),
        decision.reason(),
        decision.by(),
        decision.agency(),
        decision.at(),
        decision.survivor(),
        decision.eventId());
  }
}
