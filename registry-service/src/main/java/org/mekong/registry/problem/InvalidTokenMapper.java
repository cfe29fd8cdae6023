package org.mekong.registry.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import org.mekong.resourceserver.AccessRule;

/**
 * Answers a token, or the proof with it, that Quarkus OIDC refuses: it does not tell which, so
 * neither does this.
 */
@Provider
@Priority(1)
public final class InvalidTokenMapper extends ExceptionMapperBase<AuthenticationFailedException> {

  @Override
  protected HttpProblem toProblem(AuthenticationFailedException refused) {
    return Problem.refusedAccess(AccessRule.TOKEN_INVALID);
  }
}
