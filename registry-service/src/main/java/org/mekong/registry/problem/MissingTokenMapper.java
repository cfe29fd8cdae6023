package org.mekong.registry.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import org.mekong.resourceserver.request.AccessRule;

/**
 * Answers a request that needs credentials and has none. The mapper that resteasy-problem brings
 * fails on the challenge of this Quarkus.
 */
@Provider
@Priority(1)
public final class MissingTokenMapper extends ExceptionMapperBase<UnauthorizedException> {

  @Override
  protected HttpProblem toProblem(UnauthorizedException missing) {
    return Problem.refusedAccess(AccessRule.TOKEN_MISSING);
  }
}
