package org.mekong.gateway.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Completes problems that the framework raised: type, an instance that names the request and not
 * its path, and the action. Details that might repeat what was sent are replaced.
 */
@ApplicationScoped
public class ProblemCompletion implements ProblemPostProcessor {

  private static final String JACKSON = "com.fasterxml.jackson";

  @Override
  public int priority() {
    return 1_000;
  }

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    HttpProblem.Builder completed = HttpProblem.builder(withInstance(problem));
    if (problem.getParameters().containsKey("action")) {
      return completed.build();
    }
    int status = problem.getStatusCode();
    completed.withType(Problem.type(name(status))).with("action", action(status));
    if (ofJackson(context.cause)) {
      completed.withDetail("The body is not the JSON that this operation takes.");
    } else if (status >= 500) {
      completed.withDetail("The request could not be answered.");
    }
    return completed.build();
  }

  /** The same with an instance: what the log knows it by, else the request at hand. */
  static HttpProblem withInstance(HttpProblem problem) {
    return Problem.isNamed(problem) ? problem : Problem.named(problem, RequestIds.current());
  }

  private static boolean ofJackson(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t.getClass().getName().startsWith(JACKSON)) {
        return true;
      }
    }
    return false;
  }

  private static String name(int status) {
    return switch (status) {
      case 400 -> "malformed-request";
      case 401 -> "unauthenticated";
      case 403 -> "refused";
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 406 -> "not-acceptable";
      case 413 -> "too-large";
      case 415 -> "unsupported-media-type";
      default -> status < 500 ? "malformed-request" : "internal";
    };
  }

  private static String action(int status) {
    return switch (status) {
      case 401 ->
          "Get an access token for this gateway and send it as 'Authorization: DPoP <token>' with"
              + " a fresh proof in the DPoP header.";
      case 403 -> "Ask the operator of this gateway for the permission that is missing.";
      case 404, 405 -> "See /q/openapi for the operations of this gateway.";
      case 406 -> "Accept application/json.";
      case 413 -> "Send less.";
      case 415 -> "Send the media type that /q/openapi names for this operation.";
      default ->
          status < 500
              ? "Correct the request; /q/openapi describes it."
              : "Try again later; if it stays so, tell the operator of this gateway the instance.";
    };
  }
}
