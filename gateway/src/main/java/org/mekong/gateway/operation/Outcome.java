package org.mekong.gateway.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.lookup.LookupAnswer;

/**
 * The outcome of an operation, the same as that of a lookup whose caller waits: one of both.
 *
 * @param answer of the nation
 * @param problem members of the problem document
 */
@JsonInclude(Include.NON_NULL)
public record Outcome(@Nullable LookupAnswer answer, @Nullable Map<String, Object> problem) {

  /** An answer. */
  public static Outcome of(LookupAnswer answer) {
    return new Outcome(answer, null);
  }

  /** A problem. */
  public static Outcome of(HttpProblem problem) {
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "type", problem.getType());
    put(members, "title", problem.getTitle());
    put(members, "status", problem.getStatusCode());
    put(members, "detail", problem.getDetail());
    problem.getParameters().forEach((name, value) -> put(members, name, value));
    return new Outcome(null, members);
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value instanceof URI uri ? uri.toString() : value);
    }
  }

  /** The problem again, to be thrown. */
  HttpProblem thrown() {
    if (problem == null) {
      throw new IllegalStateException("an answer is no problem");
    }
    HttpProblem.Builder builder = HttpProblem.builder();
    problem.forEach(
        (name, value) -> {
          switch (name) {
            case "type" -> builder.withType(URI.create((String) value));
            case "title" -> builder.withTitle((String) value);
            case "status" -> builder.withStatus((Integer) value);
            case "detail" -> builder.withDetail((String) value);
            default -> builder.with(name, value);
          }
        });
    return builder.build();
  }

  /** Tells nothing: it holds personal data. */
  @Override
  public String toString() {
    return "Outcome";
  }
}
