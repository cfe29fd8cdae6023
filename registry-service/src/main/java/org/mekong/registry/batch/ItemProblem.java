package org.mekong.registry.batch;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Why an item of a batch was refused: the problem document (RFC 9457) that it would have got alone.
 * Paths of fields begin at the item.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ItemProblem(
    @Nullable URI type,
    @Nullable String title,
    int status,
    @Nullable String detail,
    @JsonAnyGetter Map<String, Object> others) {

  public ItemProblem {
    others = Map.copyOf(others);
  }

  static ItemProblem of(HttpProblem problem) {
    return new ItemProblem(
        problem.getType(),
        problem.getTitle(),
        problem.getStatusCode(),
        problem.getDetail(),
        new TreeMap<>(problem.getParameters()));
  }
}
