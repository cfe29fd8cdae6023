package org.mekong.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Bodies that are not the JSON of an operation. What was sent is not repeated; what our own records
 * say against it is.
 */
public class JsonFaults {

  /** A record of ours refused its members. */
  @ServerExceptionMapper
  public Response refused(ValueInstantiationException fault) {
    return fault.getCause() instanceof IllegalArgumentException own && own.getMessage() != null
        ? answer(own.getMessage() + ".")
        : form();
  }

  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException fault) {
    return form();
  }

  @ServerExceptionMapper
  public Response invalid(InvalidFormatException fault) {
    return form();
  }

  @ServerExceptionMapper
  public Response unknown(UnrecognizedPropertyException fault) {
    return answer("The body has a member that this operation does not know.");
  }

  @ServerExceptionMapper
  public Response unmapped(JsonMappingException fault) {
    return form();
  }

  @ServerExceptionMapper
  public Response unparsable(JsonProcessingException fault) {
    return answer("The body is not JSON, has a member twice, or is nested too deep.");
  }

  private static Response form() {
    return answer("The body does not have the form that this operation takes.");
  }

  private static Response answer(String detail) {
    return ProblemCompletion.withInstance(Problem.malformed(detail)).toResponse();
  }
}
