package org.mekong.identity.access;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import org.mekong.resourceserver.singleuse.StoreUnavailable;

/** Proofs cannot be spent, so nobody can be let in. */
@Provider
@Priority(Priorities.USER)
public class UnavailableStore extends ExceptionMapperBase<StoreUnavailable> {
  @Override
  protected HttpProblem toProblem(StoreUnavailable unavailable) {
    return Problem.UNAVAILABLE.because("Proofs cannot be checked now.");
  }
}
