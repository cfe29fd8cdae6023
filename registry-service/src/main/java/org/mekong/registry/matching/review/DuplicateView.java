package org.mekong.registry.matching.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mekong.registry.matching.pair.Duplicate;

/**
 * A pair in the queue, without personal data.
 *
 * @param personId the smaller key, of whoever was registered first
 * @param outcome what the rules say: {@code match}, {@code possible}, {@code no}
 * @param state {@code open}, {@code undecided}, {@code same}, {@code different} or {@code lapsed}
 * @param rules version that the score comes from
 * @param decisions how many were made
 */
@Schema(name = "DuplicatePair")
public record DuplicateView(
    UUID id,
    UUID personId,
    UUID otherId,
    String state,
    String outcome,
    BigDecimal score,
    int rules,
    int decisions,
    Instant foundAt,
    Instant scoredAt) {

  static DuplicateView of(Duplicate duplicate) {
    return new DuplicateView(
        duplicate.id(),
        duplicate.pair().one(),
        duplicate.pair().other(),
        duplicate.state().code(),
        duplicate.outcome().code(),
        duplicate.score(),
        duplicate.rules(),
        duplicate.decisions(),
        duplicate.foundAt(),
        duplicate.scoredAt());
  }
}
