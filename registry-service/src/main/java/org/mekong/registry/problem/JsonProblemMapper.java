package org.mekong.registry.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers a body that is no JSON of the expected form by the member's path, never by its value. The
 * platform has mappers of its own for some of the exceptions, so each is named here.
 */
@Provider
@Priority(1)
public final class JsonProblemMapper extends ExceptionMapperBase<JsonProcessingException> {

  private static final Pattern MEMBER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

  @Override
  protected HttpProblem toProblem(JsonProcessingException refused) {
    return of(refused);
  }

  /** A value of another type. */
  @Provider
  @Priority(1)
  public static final class Mismatched extends ExceptionMapperBase<MismatchedInputException> {
    @Override
    protected HttpProblem toProblem(MismatchedInputException refused) {
      return of(refused);
    }
  }

  /** A value of another form. */
  @Provider
  @Priority(1)
  public static final class Malformed extends ExceptionMapperBase<InvalidFormatException> {
    @Override
    protected HttpProblem toProblem(InvalidFormatException refused) {
      return of(refused);
    }
  }

  /** A member that is not known. */
  @Provider
  @Priority(1)
  public static final class Unknown extends ExceptionMapperBase<UnrecognizedPropertyException> {
    @Override
    protected HttpProblem toProblem(UnrecognizedPropertyException refused) {
      return of(refused);
    }
  }

  /** The problem of JSON that was refused; it holds no value of it. */
  public static HttpProblem of(JsonProcessingException refused) {
    if (refused.getCause() instanceof HttpProblem whileReading) {
      return whileReading; // the body's limit
    }
    return switch (refused) {
      case UnrecognizedPropertyException unknown ->
          Problem.invalid(path(unknown.getPath()), "known-member", "is no member known here");
      case InvalidTypeIdException type ->
          Problem.invalid(
              path(type.getPath()).isEmpty() ? "type" : path(type.getPath()) + ".type",
              type.getTypeId() == null ? "required" : "known-code",
              type.getTypeId() == null ? "is missing" : "is no type known here");
      case MismatchedInputException mismatched when !mismatched.getPath().isEmpty() ->
          Problem.invalid(path(mismatched.getPath()), "type", "has a value of another type");
      case MismatchedInputException mismatched ->
          Problem.MALFORMED_REQUEST.because("The body is not an object of the expected members.");
      case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
          Problem.MALFORMED_REQUEST.because(
              "The body is not strict JSON at " + path(mapping.getPath()) + ".");
      default ->
          Problem.MALFORMED_REQUEST.because(
              "The body is not strict JSON: one object in UTF-8, each member once, at most 16"
                  + " levels deep.");
    };
  }

  private static String path(List<JsonMappingException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : references) {
      String name = reference.getFieldName();
      if (name == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(MEMBER.matcher(name).matches() ? name : "?");
      }
    }
    return path.toString();
  }
}
