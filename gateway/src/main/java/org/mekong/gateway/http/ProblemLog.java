package org.mekong.gateway.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Tells the process's log of problems, a line each and not more of a kind in a minute than {@value
 * #MOST}: an outage is no flood of stacks. What nobody expected has its stack, whenever it happens.
 * Each is noted for the metrics.
 */
@ApplicationScoped
public class ProblemLog implements ProblemPostProcessor {

  private static final Logger LOG = Logger.getLogger(ProblemLog.class);
  private static final int MOST = 60;

  private final MinuteBudget lines = new MinuteBudget(MOST);

  /** After the completion, so that the line names what the caller is told. */
  @Override
  public int priority() {
    return 900;
  }

  @Override
  public HttpProblem apply(HttpProblem problem, ProblemContext context) {
    Object rule = problem.getParameters().get("rule");
    String kind = rule == null ? Problem.name(problem) : rule.toString();
    int status = problem.getStatusCode();
    ProblemKinds.note(Problem.name(problem));
    if (status >= 500 && !isExpected(context.cause)) {
      LOG.errorf(context.cause, "%d %s, %s", status, kind, problem.getInstance());
    } else if (rule != null || status < 500) {
      // Who decided by a rule has told of it where it is worth a line.
      LOG.debugf(context.cause, "%d %s, %s", status, kind, problem.getInstance());
    } else {
      switch (lines.take(kind, System.nanoTime())) {
        case TOLD -> LOG.warnf("%d %s, %s", status, kind, problem.getInstance());
        case FLOOD_BEGINS -> LOG.warnf("More of %s in this minute are not told one by one", kind);
        case FLOOD -> LOG.debugf("%d %s, %s", status, kind, problem.getInstance());
      }
      LOG.debug(kind, context.cause);
    }
    return problem;
  }

  /** What was decided here, and a caller who has gone while it sent. */
  private static boolean isExpected(Throwable cause) {
    return cause instanceof HttpProblem || cause instanceof IOException;
  }
}
