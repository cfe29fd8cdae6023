package org.mekong.gateway.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mekong.gateway.agreement.Question;
import org.mekong.gateway.message.Refusal;

/**
 * Whether a token grants a question: one grant must cover purpose, country, kind and all fields.
 * Pure. The refusal names what the best-fitting grant lacks.
 */
public final class Coverage {

  private static final String ACTION =
      "Get a token whose authorization_details cover the question; if the identity-service refuses,"
          + " ask for the registration to be widened.";

  private Coverage() {}

  /** A grant that covers the question, or the refusal. */
  public sealed interface Result {
    /** This grant covers it. */
    record Granted(Grant grant) implements Result {}

    /** None does. */
    record NotGranted(Refusal refusal) implements Result {}
  }

  /** The grant that covers the question, or why none does. */
  public static Result of(List<Grant> grants, Question question) {
    List<Grant> left = grants.stream().filter(g -> g.purpose().equals(question.purpose())).toList();
    if (left.isEmpty()) {
      return refused("purpose", "The token does not grant this purpose.");
    }
    left = left.stream().filter(g -> g.countries().contains(question.to())).toList();
    if (left.isEmpty()) {
      return refused("country", "The token does not grant this country for this purpose.");
    }
    left = left.stream().filter(g -> g.kinds().contains(question.kind().wireName())).toList();
    if (left.isEmpty()) {
      return refused("kind", "The token does not grant this kind of lookup for this purpose.");
    }
    Optional<Grant> grant =
        left.stream().filter(g -> g.fields().containsAll(question.fields())).findFirst();
    if (grant.isPresent()) {
      return new Result.Granted(grant.get());
    }
    Set<String> excess = new TreeSet<>(question.fields());
    left.forEach(g -> excess.removeAll(g.fields()));
    return refused(
        "fields",
        excess.isEmpty()
            ? "No single grant of the token covers all of these fields."
            : "The token does not grant: " + String.join(", ", excess) + ".");
  }

  private static Result refused(String what, String detail) {
    return new Result.NotGranted(new Refusal("token/" + what, 403, detail, ACTION));
  }
}
