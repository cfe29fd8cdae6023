package org.mekong.identity.journal;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import org.mekong.identity.access.Problem;

/** What cannot be recorded is not done. */
@Provider
@Priority(Priorities.USER)
public class UnavailableJournal extends ExceptionMapperBase<JournalUnavailable> {
  @Override
  protected HttpProblem toProblem(JournalUnavailable unavailable) {
    return Problem.UNAVAILABLE.because("The journal cannot be written now.");
  }
}
