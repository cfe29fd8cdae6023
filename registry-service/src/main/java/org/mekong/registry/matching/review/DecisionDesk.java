package org.mekong.registry.matching.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.mekong.registry.caller.Caller;
import org.mekong.registry.matching.pair.Duplicate;
import org.mekong.registry.matching.pair.Duplicates;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;

/**
 * Decides pairs. The pair is held while it is decided, so of two officers who decide at once one
 * wins, and the other is told what was decided. The event that follows is registered in the same
 * transaction, or the decision is not made.
 */
@ApplicationScoped
class DecisionDesk {

  private final Duplicates duplicates;
  private final Decisions decisions;
  private final Union union;
  private final Operations operations;
  private final ObjectMapper json;
  private final Clock clock;

  DecisionDesk(
      Duplicates duplicates,
      Decisions decisions,
      Union union,
      Operations operations,
      ObjectMapper json,
      Clock clock) {
    this.duplicates = duplicates;
    this.decisions = decisions;
    this.union = union;
    this.operations = operations;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Decides a pair once for a key.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 where there is no such pair, 409 where
   *     it was decided by now or the merge cannot be
   */
  Outcome decide(OperationKey key, Caller.Agency by, UUID id, Decide.Read decide)
      throws SQLException {
    return operations.once(
        key, operations.digest(id, decide), transaction -> decide(transaction, by, id, decide));
  }

  private Outcome decide(Connection transaction, Caller.Agency by, UUID id, Decide.Read decide)
      throws SQLException {
    Duplicate duplicate =
        duplicates
            .find(transaction, id, true)
            .filter(found -> union.isShown(transaction, found.pair()))
            .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such pair."));
    List<Decision> before = decisions.of(transaction, id);
    Decision last = before.isEmpty() ? null : before.getLast();
    if (!Objects.equals(decide.revises(), last == null ? null : last.number())) {
      throw last == null
          ? Problem.invalid("revises", "known-decision", "is no decision on this pair")
          : Problem.CONFLICT.because(
              "The pair was decided; name the decision under revises to revise it.",
              "decision",
              DecisionView.made(last));
    }
    Union.Followed followed = union.follow(transaction, by, duplicate, before, decide);
    Decision made =
        new Decision(
            before.size() + 1,
            decide.verdict(),
            decide.reason(),
            by.clientId(),
            by.agency(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            followed.survivor(),
            followed.eventId());
    decisions.add(transaction, id, made);
    duplicates.decide(transaction, id, decide.verdict().state(), made.number());
    return new Outcome(201, URI.create("/v1/duplicates/" + id), write(DecisionView.of(made)));
  }

  private String write(DecisionView view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
