package org.mekong.gateway.operation.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the queue stands.
 *
 * @param length operations that wait for an outcome, of all nations
 * @param peers each nation that has operations here, in alphabetical order
 */
public record QueueView(long length, List<PeerQueue> peers) {

  public QueueView {
    peers = List.copyOf(peers);
  }

  /**
   * What is kept for one nation.
   *
   * @param country which is asked
   * @param pending that wait
   * @param underWay of these, attempted right now
   * @param tried of these, attempted at least once without an outcome
   * @param oldest when the oldest of these was queued
   * @param ageSeconds how old that is
   * @param nextExpiry when the first of these is given up
   * @param answered that are answered and not yet forgotten
   * @param refused that are refused and not yet forgotten
   * @param expired that were given up and are not yet forgotten
   * @param cancelled that were withdrawn and are not yet forgotten
   * @param failures rules of the last attempts without an outcome, and how many pending have each
   */
  @JsonInclude(Include.NON_NULL)
  public record PeerQueue(
      String country,
      long pending,
      long underWay,
      long tried,
      @Nullable Instant oldest,
      long ageSeconds,
      @Nullable Instant nextExpiry,
      long answered,
      long refused,
      long expired,
      long cancelled,
      List<Failure> failures) {

    public PeerQueue {
      failures = List.copyOf(failures);
    }
  }

  /** A rule, and how many pending operations met it last. */
  public record Failure(String rule, long count) {}
}
