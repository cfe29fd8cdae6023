package org.mekong.registry.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.arc.Arc;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/**
 * Brings every problem that leaves to one form: a type of ours, an action, the request's id as
 * instance, and where it may be over soon, when to come again. Where the platform or a library
 * wrote the words, they are replaced: they may repeat what the caller sent. A failure that comes of
 * the database being away is told as that, whoever met it.
 */
@ApplicationScoped
public class ProblemCompletion implements ProblemPostProcessor {

  private static final String OURS = "urn:mekong:problem:";
  private static final String RETRY_AFTER = "Retry-After";
  private static final int UNAVAILABLE = 503;
  private static final int SECONDS = 5;

  private final RequestId requestId;

  ProblemCompletion(RequestId requestId) {
    this.requestId = requestId;
  }

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    boolean ours = problem.getType() != null && problem.getType().toString().startsWith(OURS);
    HttpProblem.Builder builder = HttpProblem.builder(ours ? problem : rewritten(problem, context));
    if (Arc.container().requestContext().isActive()) {
      builder.withInstance(URI.create("urn:uuid:" + requestId.value()));
    }
    HttpProblem complete = builder.build();
    boolean later =
        complete.getStatusCode() == UNAVAILABLE && !complete.getHeaders().containsKey(RETRY_AFTER);
    return later ? builder.withHeader(RETRY_AFTER, SECONDS).build() : complete;
  }

  @Override
  public int priority() {
    return 1000;
  }

  private static HttpProblem rewritten(HttpProblem problem, ProblemContext context) {
    if (context.cause != null && context.cause.getCause() instanceof JsonProcessingException json) {
      return JsonProblemMapper.of(json); // Quarkus wraps what its body reader met
    }
    if (DatabaseAway.isCauseOf(context.cause)) {
      return Problem.UNAVAILABLE.because(Problem.UNAVAILABLE.title() + ".");
    }
    Problem known =
        context.cause instanceof AuthenticationFailedException
            ? Problem.INVALID_TOKEN
            : Problem.ofStatus(problem.getStatusCode());
    HttpProblem.Builder builder = HttpProblem.builder(known.because(known.title() + "."));
    builder.withStatus(problem.getStatusCode());
    problem.getHeaders().forEach(builder::withHeader);
    return builder.build();
  }
}
