package org.mekong.registry.matching.pair;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.matching.compare.Comparison;
import org.mekong.registry.matching.rule.Limit;

/**
 * Why a pair has its score, as it is kept and shown. Holds levels and weights, no values.
 *
 * @param limitedBy what kept the outcome below what the score says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Findings(List<Field> fields, @Nullable Cap limitedBy) {

  private static final JsonMapper MAPPER = new JsonMapper();

  public Findings {
    fields = List.copyOf(fields);
  }

  /**
   * What one field says.
   *
   * @param weight bits in favour of one person
   */
  @Schema(name = "FieldFinding")
  public record Field(String field, String level, double weight) {}

  /** A level that rules out more than an outcome. */
  @Schema(name = "FindingLimit")
  public record Cap(String field, String level, String atMost) {}

  /** The findings of a comparison. */
  public static Findings of(Comparison comparison) {
    Limit limit = comparison.limit();
    return new Findings(
        comparison.findings().stream()
            .map(found -> new Field(found.field().code(), found.level(), found.weight()))
            .toList(),
        limit == null ? null : new Cap(limit.field().code(), limit.level(), limit.atMost().code()));
  }

  static Findings read(String text) {
    try {
      return MAPPER.readValue(text, Findings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The register holds findings that it cannot read", e);
    }
  }

  String write() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
