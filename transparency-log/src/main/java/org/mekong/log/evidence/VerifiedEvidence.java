package org.mekong.log.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What evidence has proved.
 *
 * @param requestId the same in both nations
 * @param from nation that asked
 * @param to nation that was asked
 * @param purpose why
 * @param outcome how it was answered; empty when no answer came
 * @param checks what was checked, in the order it was, each in a few words
 */
public record VerifiedEvidence(
    String requestId,
    String from,
    String to,
    String purpose,
    Optional<String> outcome,
    List<String> checks) {
  public VerifiedEvidence {
    checks = List.copyOf(checks);
  }
}
