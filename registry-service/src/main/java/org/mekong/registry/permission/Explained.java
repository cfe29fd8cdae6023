package org.mekong.registry.permission;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Ends a dry call where a real one would begin to look: after this nothing of the operation runs,
 * so nobody is looked up and nothing is disclosed.
 */
final class Explained extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Explanation explanation;

  Explained(Explanation explanation) {
    super("A dry call was explained", null, false, false);
    this.explanation = explanation;
  }

  /** Answers with the explanation. */
  @Provider
  public static final class Mapper implements ExceptionMapper<Explained> {
    @Override
    public Response toResponse(Explained explained) {
      return Response.ok(explained.explanation, MediaType.APPLICATION_JSON_TYPE).build();
    }
  }
}
