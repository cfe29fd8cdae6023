package org.mekong.registry.statement.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A key as an operator sees it.
 *
 * @param signsFrom when it takes over, or took over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatementKeyView(
    String kid,
    @Schema(enumeration = {"announced", "signing", "superseded", "expired", "withdrawn"})
        String state,
    Instant createdAt,
    Instant signsFrom,
    @Nullable Instant withdrawnAt) {

  /** All keys, the newest first. */
  public record All(List<StatementKeyView> keys) {
    public All {
      keys = List.copyOf(keys);
    }
  }

  static StatementKeyView of(StatementKey key, KeyRing.State state) {
    return new StatementKeyView(
        key.kid(), state.code(), key.createdAt(), key.signsFrom(), key.withdrawnAt());
  }
}
