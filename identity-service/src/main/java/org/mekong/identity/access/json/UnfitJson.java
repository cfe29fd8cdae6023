package org.mekong.identity.access.json;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.ext.Provider;
import org.mekong.identity.access.Problem;

/** JSON that is well-formed but of other types than the endpoint reads. */
@Provider
@Priority(Priorities.USER)
public class UnfitJson extends ExceptionMapperBase<MismatchedInputException> {
  @Override
  protected HttpProblem toProblem(MismatchedInputException unfit) {
    return Problem.MALFORMED_REQUEST.because(
        "The body is not of the form that /q/openapi describes.");
  }
}
