package org.mekong.registry.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.disclosure.Disclosed;

/**
 * The answer to {@code POST /v1/persons/search}.
 *
 * @param outcome {@code found}, {@code none}, or {@code needs-more} when too many might fit
 * @param persons those who fit, the best first; of {@code found} only
 * @param narrowBy members of the criteria that would narrow the search; of {@code needs-more} only
 * @param next cursor of the next page, absent on the last
 * @param disclosure where the log tells of the first person shown, or that nobody was
 * @param receipts proof of the entry of each person shown; of {@code found} only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchView(
    @Schema(enumeration = {"found", "none", "needs-more"}) String outcome,
    @Nullable List<Match> persons,
    @Nullable List<String> narrowBy,
    @Nullable String next,
    Disclosed.Trace disclosure,
    String receipt,
    @Nullable List<Disclosed.PersonReceipt> receipts) {

  /**
   * Somebody who fits.
   *
   * @param score from 0 to 1, where all that was asked fits exactly
   * @param reasons the points that make up the score
   * @param person the fields, by their names, as far as the register holds them
   */
  public record Match(UUID id, double score, List<Reason> reasons, Map<String, Object> person) {

    static Match of(Candidates.Candidate candidate, Map<String, Object> person) {
      return new Match(
          candidate.personId(),
          candidate.score().value() / 1000.0,
          candidate.score().reasons().stream().map(Reason::of).toList(),
          person);
    }
  }

  /**
   * Why somebody got points.
   *
   * @param criterion the member of the criteria
   * @param strength of names {@code as_written}, {@code without_marks}, {@code same_name}, {@code
   *     sounds_alike} or {@code part}; else {@code exact}, {@code partial}, {@code
   *     within_tolerance}, {@code earlier} or {@code not_recorded}
   * @param former true where it was a former name
   * @param of the points that it could have got
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reason(
      String criterion, String strength, @Nullable Boolean former, int points, int of) {

    static Reason of(Score.Reason reason) {
      return new Reason(
          reason.criterion(),
          reason.strength(),
          reason.former() ? Boolean.TRUE : null,
          reason.points(),
          reason.of());
    }
  }

  /** The answer of a search. */
  static SearchView of(Disclosed<PersonSearch.Result> disclosed, @Nullable String next) {
    return switch (disclosed.answer()) {
      case PersonSearch.Result.Found found ->
          new SearchView(
              found.matches().isEmpty() && next == null ? "none" : "found",
              found.matches().isEmpty() && next == null ? null : found.matches(),
              null,
              next,
              disclosed.trace(),
              disclosed.receipt(),
              found.matches().isEmpty() ? null : disclosed.receipts());
      case PersonSearch.Result.NeedsMore more ->
          new SearchView(
              "needs-more",
              null,
              more.narrowBy(),
              null,
              disclosed.trace(),
              disclosed.receipt(),
              null);
    };
  }
}
