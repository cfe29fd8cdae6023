package org.mekong.registry.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.oidc.OIDCException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;

/** Answers a token that cannot be judged now, because the issuer's keys cannot be had. */
@Provider
@Priority(1)
public final class IssuerUnavailableMapper extends ExceptionMapperBase<OIDCException> {

  @Override
  protected HttpProblem toProblem(OIDCException unavailable) {
    return Problem.ISSUER_UNAVAILABLE.because("The keys of the nation's issuer cannot be had now.");
  }
}
