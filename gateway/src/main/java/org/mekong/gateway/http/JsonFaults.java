package org.mekong.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Bodies that are not the JSON of an operation. What was sent is not repeated; what our own records
 * say against it is.
 */
public class JsonFaults {

  /** What is to be said of a fault. */
  public static HttpProblem problem(JsonProcessingException fault) {
    return Problem.malformed(
        switch (fault) {
          case ValueInstantiationException refused
              when refused.getCause() instanceof IllegalArgumentException own
                  && own.getMessage() != null ->
              own.getMessage() + ".";
          case UnrecognizedPropertyException unknown ->
              "The body has a member that this operation does not know.";
          case JsonMappingException other ->
              "The body does not have the form that this operation takes.";
          default -> "The body is not JSON, has a member twice, or is nested too deep.";
        });
  }

  @ServerExceptionMapper
  public Response refused(ValueInstantiationException fault) {
    return answer(fault);
  }

  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException fault) {
    return answer(fault);
  }

  @ServerExceptionMapper
  public Response invalid(InvalidFormatException fault) {
    return answer(fault);
  }

  @ServerExceptionMapper
  public Response unknown(UnrecognizedPropertyException fault) {
    return answer(fault);
  }

  @ServerExceptionMapper
  public Response unmapped(JsonMappingException fault) {
    return answer(fault);
  }

  @ServerExceptionMapper
  public Response unparsable(JsonProcessingException fault) {
    return answer(fault);
  }

  private static Response answer(JsonProcessingException fault) {
    return ProblemCompletion.withInstance(problem(fault)).toResponse();
  }
}
