package org.mekong.gateway.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.UUID;

/**
 * The problems that this gateway answers with. None holds personal data or anything a caller sent.
 */
public final class Problem {

  private static final String TYPE = "urn:mekong:problem:";
  private static final String INSTANCE = "urn:uuid:";

  private Problem() {}

  /**
   * A problem to throw or to add to.
   *
   * @param name kebab-case name of its type
   * @param status HTTP status
   * @param title what happened, the same for every occurrence
   * @param detail what happened this time
   * @param action who must act, and what they can do
   */
  public static HttpProblem.Builder of(
      String name, int status, String title, String detail, String action) {
    return HttpProblem.builder()
        .withType(type(name))
        .withStatus(status)
        .withTitle(title)
        .withDetail(detail)
        .with("action", action);
  }

  /** The type URI of a problem. */
  public static URI type(String name) {
    return URI.create(TYPE + name);
  }

  /** The name of a problem's type. */
  public static String name(HttpProblem problem) {
    return String.valueOf(problem.getType()).replaceFirst("^" + TYPE, "");
  }

  /** The same under the id by which the log tells of it. */
  public static HttpProblem named(HttpProblem problem, UUID requestId) {
    return HttpProblem.builder(problem).withInstance(URI.create(INSTANCE + requestId)).build();
  }

  /** Whether a problem is named by the id of a request. */
  public static boolean isNamed(HttpProblem problem) {
    return String.valueOf(problem.getInstance()).startsWith(INSTANCE);
  }

  /** The caller sent something that cannot be a request of this kind. */
  public static HttpProblem malformed(String detail) {
    return of("malformed-request", 400, "Malformed request", detail, "Correct the request.")
        .build();
  }

  /** A policy refused, by the rule of this id. */
  public static HttpProblem.Builder refused(String rule, String detail, String action) {
    return of("refused", 403, "Refused by a rule", detail, action).with("rule", rule);
  }

  /** Something of our own does not work now. */
  public static HttpProblem unavailable(String detail) {
    return of(
            "unavailable",
            503,
            "Not available now",
            detail,
            "Try again later; if it stays so, tell the operator of this gateway.")
        .withHeader("Retry-After", 5)
        .build();
  }
}
