package org.mekong.log.year;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.witness.WitnessReport;

/**
 * What an operator is told of a service's log: made of nothing but texts, numbers, booleans and
 * lists, so that it is written as JSON as it is.
 *
 * @param standing of the whole with its witnesses: {@code fresh}, {@code waiting}, {@code stale},
 *     {@code refused} or {@code unwitnessed}
 * @param servesAbroad whether answers may leave the country on its word
 * @param reason why it is refused; absent otherwise
 * @param notice what keeps the year from turning, or will; absent when nothing does
 * @param retention how long entries are kept, ISO 8601
 * @param logs one a year, the newest first
 */
public record LogReport(
    String standing,
    boolean servesAbroad,
    @Nullable String reason,
    @Nullable String notice,
    String retention,
    List<OneYear> logs) {
  public LogReport {
    logs = List.copyOf(logs);
  }

  /**
   * The log of one year.
   *
   * @param current whether entries go there now
   * @param sealed whether it takes no more entries
   * @param size of the newest checkpoint that the log has signed
   * @param firstIndex below which entries were pruned
   * @param prunableBelow below which entries may be pruned now
   * @param checkpoint the newest checkpoint as it is shown to others: a signed note
   * @param cosignedSize of the newest checkpoint with enough cosignatures; 0 when there is none
   * @param cosignedAt when its newest cosignature was made
   * @param standing with its witnesses; absent once nothing is asked of them any more
   */
  public record OneYear(
      String origin,
      boolean current,
      boolean sealed,
      long size,
      long firstIndex,
      long prunableBelow,
      String checkpoint,
      long cosignedSize,
      @Nullable Instant cosignedAt,
      @Nullable String standing,
      List<OneWitness> witnesses) {
    public OneYear {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * One witness.
   *
   * @param cosignedSize of the newest checkpoint that it is known to have cosigned
   * @param age seconds since it did; absent when it never did
   * @param last what came of asking it the last time; absent when it was not asked since the start
   */
  public record OneWitness(
      String name, long cosignedSize, @Nullable Long age, @Nullable String last) {}

  /** The report of this moment. */
  public static LogReport of(YearlyLog log, Retention retention, Clock clock) {
    Standing standing = log.standing();
    return new LogReport(
        standing.word(),
        standing.mayServeAbroad(),
        standing instanceof Standing.Refused(String reason) ? reason : null,
        log.notice().orElse(null),
        retention.period().toString(),
        log.status().stream()
            .map(status -> oneYear(status, prunable(log, retention, status), clock.instant()))
            .toList());
  }

  private static long prunable(YearlyLog log, Retention retention, LogStatus status) {
    return log.of(status.origin()).map(retention::limit).orElse(0L);
  }

  private static OneYear oneYear(LogStatus status, long prunableBelow, Instant now) {
    return new OneYear(
        status.origin(),
        status.isCurrent(),
        status.isSealed(),
        status.size(),
        status.firstIndex(),
        prunableBelow,
        new String(status.checkpoint(), StandardCharsets.UTF_8),
        status.cosignedSize(),
        status.cosignedAt().orElse(null),
        status.standing().map(Standing::word).orElse(null),
        status.witnesses().stream().map(witness -> oneWitness(witness, now)).toList());
  }

  private static OneWitness oneWitness(WitnessReport witness, Instant now) {
    Optional<Long> age = witness.cosignedAt().map(at -> Duration.between(at, now).toSeconds());
    return new OneWitness(
        witness.name(), witness.cosignedSize(), age.orElse(null), witness.last().orElse(null));
  }
}
