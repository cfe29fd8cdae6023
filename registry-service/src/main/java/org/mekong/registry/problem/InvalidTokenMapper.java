package org.mekong.registry.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import org.mekong.resourceserver.request.AccessRefused;
import org.mekong.resourceserver.request.AccessRule;

/** Answers a token that is refused, by the rule that refuses it. */
@Provider
@Priority(1)
public final class InvalidTokenMapper extends ExceptionMapperBase<AuthenticationFailedException> {

  @Override
  protected HttpProblem toProblem(AuthenticationFailedException refused) {
    AccessRule rule =
        refused.getCause() instanceof AccessRefused known ? known.rule() : AccessRule.TOKEN_INVALID;
    return Problem.refusedAccess(rule);
  }
}
