package org.mekong.gateway.lookup.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.json.TextDuration;
import org.mekong.gateway.lookup.LookupRequest;

/**
 * Many questions of an agency. They are not read before each is done, so that one which is not as
 * agreed does not stop the others.
 *
 * @param lookups 1 to 100 questions, each as it would be asked alone, but without a deadline
 * @param deadline within which the answers are of use, for all of them, ISO 8601
 */
public record LookupBatch(
    @Schema(type = SchemaType.ARRAY, implementation = LookupRequest.class) List<JsonNode> lookups,
    @JsonDeserialize(using = TextDuration.class) @Nullable Duration deadline) {

  /** The most questions of one batch. */
  static final int MOST = 100;

  public LookupBatch {
    if (lookups == null || lookups.isEmpty() || lookups.size() > MOST) {
      throw new IllegalArgumentException("lookups: 1 to " + MOST + " questions");
    }
    lookups = List.copyOf(lookups);
  }

  /** Names the number of questions alone. */
  @Override
  public String toString() {
    return "LookupBatch[" + lookups.size() + "]";
  }
}
