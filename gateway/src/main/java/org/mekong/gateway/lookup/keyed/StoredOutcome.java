package org.mekong.gateway.lookup.keyed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.lookup.LookupAnswer;
import org.mekong.gateway.message.Refusal;

/**
 * The outcome of a lookup as it is kept for a repeat: one of both.
 *
 * @param answer without the place of our own answer leg
 * @param refusal by us or by the peer
 */
@JsonInclude(Include.NON_NULL)
public record StoredOutcome(@Nullable LookupAnswer answer, @Nullable Refusal refusal) {

  String json() {
    try {
      return StrictJson.mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static StoredOutcome parse(String json) {
    try {
      return StrictJson.mapper().readValue(json, StoredOutcome.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored outcome cannot be read", e);
    }
  }
}
