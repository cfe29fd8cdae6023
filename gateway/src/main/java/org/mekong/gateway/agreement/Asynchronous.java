package org.mekong.gateway.agreement;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a lookup may wait for its answer, by the agreement. Pure: the asking nation keeps to it,
 * the answering one checks it by its own copy.
 */
public final class Asynchronous {

  /** Longest that any agreement can allow: request ids are kept as long. */
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private Asynchronous() {}

  static boolean isAgreeable(@Nullable Duration agreed) {
    return agreed == null || (agreed.compareTo(SHORTEST) >= 0 && agreed.compareTo(LONGEST) <= 0);
  }

  /** How long lookups for a purpose may wait; empty when they may not. */
  public static Optional<Duration> agreed(Agreement agreement, String purpose) {
    return agreement.terms(purpose).flatMap(terms -> Optional.ofNullable(terms.asynchronousFor()));
  }

  /** The refusal of a lookup that would wait so long; empty when it may. */
  public static Optional<Decision.Refused> refusal(
      Agreement agreement, String purpose, Duration wanted) {
    Optional<Duration> agreed = agreed(agreement, purpose);
    if (agreed.isPresent() && wanted.compareTo(agreed.get()) <= 0) {
      return Optional.empty();
    }
    String rule = agreement.reference().rule(purpose, "asynchronous");
    return Optional.of(
        agreed
            .map(
                longest ->
                    new Decision.Refused(
                        rule,
                        "The purpose %s lets lookups wait for %s at most."
                            .formatted(purpose, longest),
                        "Ask with a deadline within that time."))
            .orElseGet(
                () ->
                    new Decision.Refused(
                        rule,
                        "The purpose " + purpose + " does not let lookups wait.",
                        "Ask without respond-async.")));
  }
}
