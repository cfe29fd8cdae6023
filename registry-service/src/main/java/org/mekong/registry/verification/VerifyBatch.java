package org.mekong.registry.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.batch.Batch;
import org.mekong.registry.batch.ItemProblem;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.reading.SubjectBody;

/**
 * The body of {@code POST /v1/verifications/batch}: one purpose and one requester.
 *
 * @param items 1 to 100
 */
public record VerifyBatch(
    @Nullable String purpose,
    @Nullable String legalBasis,
    @Nullable List<@Nullable Item> items,
    @Nullable RequesterBody requester) {

  /**
   * One question.
   *
   * @param id what the caller calls it, once in a request
   */
  public record Item(
      @Nullable String id,
      @Nullable SubjectBody subject,
      @Nullable List<@Nullable PredicateBody> predicates)
      implements Batch.Item {}

  /** What came of each item, in the order sent. */
  public record View(List<Outcome> items) {
    public View {
      items = List.copyOf(items);
    }
  }

  /**
   * What came of an item: the answer that it would have got alone, or the problem.
   *
   * @param outcome {@code answered} or {@code refused}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(
      String id,
      @Schema(enumeration = {"answered", "refused"}) String outcome,
      @Nullable VerificationView answer,
      @Nullable ItemProblem problem) {

    static Outcome answered(String id, VerificationView answer) {
      return new Outcome(id, "answered", answer, null);
    }

    static Outcome refused(String id, ItemProblem problem) {
      return new Outcome(id, "refused", null, problem);
    }
  }
}
