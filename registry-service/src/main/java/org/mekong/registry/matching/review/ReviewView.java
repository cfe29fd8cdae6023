package org.mekong.registry.matching.review;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.matching.pair.Findings;

/**
 * A pair with what an officer needs to decide.
 *
 * @param findings level and weight of each field that was compared
 * @param persons the two, with the fields that the token grants of those that are compared
 * @param decisions made so far, the last one in force
 */
@Schema(name = "DuplicateReview")
public record ReviewView(
    DuplicateView duplicate,
    Findings findings,
    List<Side> persons,
    List<DecisionView> decisions,
    Disclosed.Trace disclosure,
    String receipt) {

  public ReviewView {
    persons = List.copyOf(persons);
    decisions = List.copyOf(decisions);
  }

  /** One of the two. */
  @Schema(name = "DuplicateSide")
  public record Side(UUID id, Map<String, Object> fields) {}
}
