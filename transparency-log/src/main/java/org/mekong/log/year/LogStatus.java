package org.mekong.log.year;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.witness.WitnessReport;

/**
 * How the log of one year stands.
 *
 * @param origin of the log
 * @param isCurrent whether entries go there now
 * @param isSealed whether it takes no more entries
 * @param size of the newest checkpoint that the log has signed
 * @param firstIndex below which entries were pruned
 * @param checkpoint the newest checkpoint as it is shown to others: a signed note
 * @param cosignedSize of the newest checkpoint with enough cosignatures; 0 when there is none
 * @param cosignedAt when its newest cosignature was made
 * @param standing with its witnesses; empty once nothing is asked of them any more
 * @param witnesses what each has done; none once nothing is asked of them any more
 */
public record LogStatus(
    String origin,
    boolean isCurrent,
    boolean isSealed,
    long size,
    long firstIndex,
    byte[] checkpoint,
    long cosignedSize,
    Optional<Instant> cosignedAt,
    Optional<Standing> standing,
    List<WitnessReport> witnesses) {
  public LogStatus {
    witnesses = List.copyOf(witnesses);
  }
}
