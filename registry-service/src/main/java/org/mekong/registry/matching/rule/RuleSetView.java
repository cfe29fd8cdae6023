package org.mekong.registry.matching.rule;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A version of the rules. */
@Schema(name = "MatchingRules")
public record RuleSetView(
    int version, boolean inForce, String createdBy, Instant createdAt, RuleSetBody rules) {

  static RuleSetView of(RuleSets.Stored stored) {
    return new RuleSetView(
        stored.version(),
        stored.inForce(),
        stored.createdBy(),
        stored.createdAt(),
        RuleSetBody.of(stored.rules()));
  }
}
