package org.mekong.gateway.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.lookup.LookupAnswer;

/**
 * An operation, as its client sees it.
 *
 * @param country which nation is asked
 * @param kind how
 * @param purpose why
 * @param created when it was queued
 * @param expires when it is given up
 * @param finished when it became final
 * @param attempts that were begun
 * @param failure rule of the last attempt that brought no outcome
 * @param answer once answered, until it is erased
 * @param problem once refused or expired, until it is erased: the problem document of a lookup
 * @param erased whether answer or problem is erased
 */
@JsonInclude(Include.NON_NULL)
public record OperationView(
    UUID id,
    State state,
    String country,
    String kind,
    String purpose,
    Instant created,
    Instant expires,
    @Nullable Instant finished,
    int attempts,
    @Nullable String failure,
    @Nullable LookupAnswer answer,
    @Nullable Map<String, Object> problem,
    @Nullable Boolean erased,
    Links links) {

  /** Where operations are. */
  public static final String PATH = "/v1/operations/";

  /**
   * Where it goes on.
   *
   * @param self of the operation
   * @param events of the operation, as a stream
   */
  public record Links(String self, String events) {}

  /** Without its outcome. */
  public static OperationView of(Operation operation) {
    return of(operation, null, null);
  }

  /** With its outcome. */
  static OperationView of(Operation operation, Outcome outcome) {
    return of(operation, outcome, null);
  }

  /** Whose outcome is erased. */
  static OperationView erased(Operation operation) {
    return of(operation, null, true);
  }

  private static OperationView of(
      Operation operation, @Nullable Outcome outcome, @Nullable Boolean erased) {
    String self = PATH + operation.id();
    return new OperationView(
        operation.id(),
        operation.state(),
        operation.country(),
        operation.kind(),
        operation.purpose(),
        operation.createdAt(),
        operation.expiresAt(),
        operation.finishedAt(),
        operation.attempts(),
        operation.state() == State.PENDING ? operation.failure() : null,
        outcome == null ? null : outcome.answer(),
        outcome == null ? null : outcome.problem(),
        erased,
        new Links(self, self + "/events"));
  }

  /** Names the state alone: an answer is personal data. */
  @Override
  public String toString() {
    return "OperationView[" + id + ", " + state + "]";
  }
}
