package org.mekong.identity.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What one administrator would have done.
 *
 * @param id opaque
 * @param act word of the {@link JointAct}
 * @param target what it is about: an id
 * @param content what was sent, as JSON
 * @param proposedBy who proposed it
 * @param proposedAt when
 * @param expiresAt until when it can be approved
 * @param status {@code pending}, {@code approved} or {@code rejected}
 * @param decidedBy who decided
 * @param decidedAt when
 */
record Proposal(
    UUID id,
    String act,
    String target,
    String content,
    String proposedBy,
    Instant proposedAt,
    Instant expiresAt,
    String status,
    Optional<String> decidedBy,
    Optional<Instant> decidedAt) {

  /** The status at a moment: nobody writes down that time has passed. */
  String statusAt(Instant moment) {
    return status.equals("pending") && !moment.isBefore(expiresAt) ? "expired" : status;
  }
}
