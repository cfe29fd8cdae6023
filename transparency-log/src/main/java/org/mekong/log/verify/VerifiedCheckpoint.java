package org.mekong.log.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mekong.log.note.Checkpoint;

/**
 * A checkpoint that meets a policy.
 *
 * @param checkpoint what the log signed
 * @param cosigners the names, as in the policy, of the witnesses that have cosigned it
 * @param cosignedAt the newest of their times; empty when there is none
 */
public record VerifiedCheckpoint(
    Checkpoint checkpoint, List<String> cosigners, Optional<Instant> cosignedAt) {
  public VerifiedCheckpoint {
    cosigners = List.copyOf(cosigners);
  }
}
