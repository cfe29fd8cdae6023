package org.mekong.identity.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.jboss.logging.Logger;

/**
 * Gives every problem, the framework's own included, our type, an action and the request's id; a
 * detail that may repeat what the caller sent is replaced.
 */
@ApplicationScoped
class ProblemCompletion implements ProblemPostProcessor {
  private static final Logger LOG = Logger.getLogger(ProblemCompletion.class);
  private static final URI BLANK = URI.create("about:blank");

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    URI instance = URI.create("urn:uuid:" + RequestId.current());
    log(problem, context);
    if (problem.getType() != null && !BLANK.equals(problem.getType())) {
      return HttpProblem.builder(problem).withInstance(instance).build();
    }
    Problem kind = Problem.of(problem.getStatusCode());
    HttpProblem.Builder builder = kind.builder(detail(kind)).withInstance(instance);
    problem.getHeaders().forEach(builder::withHeader);
    return builder.build();
  }

  /** Instead of the extension's own logger, which repeats details. */
  private static void log(HttpProblem problem, ProblemContext context) {
    if (problem.getStatusCode() >= 500) {
      LOG.errorf(context.cause, "answered %d", problem.getStatusCode());
    } else {
      LOG.debugf("answered %d", problem.getStatusCode());
    }
  }

  private static String detail(Problem kind) {
    return switch (kind) {
      case MALFORMED_REQUEST ->
          "The body, a parameter or a header is not of the form that /q/openapi describes.";
      case NOT_FOUND -> "Nothing is served at this path.";
      case CONTENT_TOO_LARGE -> "The body is larger than 64 KiB.";
      case UNAUTHORIZED,
          FORBIDDEN,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          CONFLICT,
          PRECONDITION_FAILED,
          UNSUPPORTED_MEDIA_TYPE,
          INVALID_CONTENT,
          IDEMPOTENCY_KEY_REUSED,
          PRECONDITION_REQUIRED,
          INTERNAL_ERROR,
          UNAVAILABLE ->
          kind.title() + ".";
    };
  }

  @Override
  public int priority() {
    return 10;
  }
}
