package org.mekong.registry.history;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.MomentQuery;

/**
 * The query of a part of a person.
 *
 * @param history whether everything is asked for that ever held, with its validity
 */
record PartQuery(
    @BeanParam MomentQuery at,
    @Parameter(
            description =
                "true for all that ever held, with its validity and the events that brought and"
                    + " ended it",
            example = "false")
        @QueryParam("history")
        @Nullable String history) {

  boolean withHistory() {
    return switch (history) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default -> throw Problem.invalid("history", "boolean", "is neither true nor false");
    };
  }
}
