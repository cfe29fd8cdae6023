package org.mekong.gateway.lookup.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.lookup.LookupAnswer;

/**
 * What came of a batch.
 *
 * @param answers in the order of the questions
 */
public record BatchAnswer(List<Element> answers) {

  public BatchAnswer {
    answers = List.copyOf(answers);
  }

  /**
   * What came of one question: what it would have got alone.
   *
   * @param status HTTP status that it would have got
   * @param answer of status 200
   * @param problem of every other (RFC 9457); {@code retryAfter} in place of the header
   */
  @JsonInclude(Include.NON_NULL)
  public record Element(
      int status, @Nullable LookupAnswer answer, @Nullable Map<String, Object> problem) {

    static Element of(LookupAnswer answer) {
      return new Element(200, answer, null);
    }

    /** A problem, by the id that the log knows it by; else by that of the batch. */
    static Element of(HttpProblem problem) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("type", String.valueOf(problem.getType()));
      members.put("title", Objects.requireNonNullElse(problem.getTitle(), ""));
      members.put("status", problem.getStatusCode());
      members.put("detail", Objects.requireNonNullElse(problem.getDetail(), ""));
      members.put(
          "instance",
          Problem.isNamed(problem)
              ? String.valueOf(problem.getInstance())
              : "urn:uuid:" + RequestIds.current());
      members.putAll(problem.getParameters());
      Object retryAfter = problem.getHeaders().get("Retry-After");
      if (retryAfter != null) {
        members.put("retryAfter", retryAfter);
      }
      return new Element(problem.getStatusCode(), null, members);
    }

    /** Names the status alone. */
    @Override
    public String toString() {
      return "Element[" + status + "]";
    }
  }
}
