package org.mekong.log.witness;

import java.util.List;
import org.mekong.log.TransparencyLog;

/**
 * Keeps a log that was restored from an old backup from signing a second history: at start, before
 * anything is appended, the witnesses are asked what they have cosigned.
 */
public final class RollbackGuard {
  private RollbackGuard() {}

  /** What the witnesses say of our log. */
  public sealed interface Verdict {
    /** At least one witness has confirmed that our log continues what it has seen. */
    record Confirmed(List<String> witnesses) implements Verdict {
      public Confirmed {
        witnesses = List.copyOf(witnesses);
      }
    }

    /**
     * No witness has answered so. Domestic work may run; cross-border serving waits until one has.
     */
    record Unconfirmed(List<Submission> submissions) implements Verdict {
      public Unconfirmed {
        submissions = List.copyOf(submissions);
      }
    }

    /** A witness has seen what our log does not continue. The log refuses to append. */
    record Refused(String reason) implements Verdict {}
  }

  /**
   * Asks the witnesses, and makes the log refuse every append when one of them has cosigned a
   * larger tree, or one that ours does not continue.
   */
  public static Verdict check(TransparencyLog log, CosignatureCollector witnesses) {
    List<Submission> submissions = witnesses.collect();
    for (Submission submission : submissions) {
      if (submission instanceof Submission.Ahead ahead) {
        return refuse(
            log,
            "rolled back: witness %s has cosigned %d entries, this log has %d; was an old backup restored?"
                .formatted(ahead.witness(), ahead.theirSize(), ahead.ourSize()));
      }
      if (submission instanceof Submission.Forked forked) {
        return refuse(
            log,
            "forked: witness %s has cosigned %d entries which this log of %d does not continue"
                .formatted(forked.witness(), forked.theirSize(), forked.ourSize()));
      }
    }
    List<String> confirmed =
        submissions.stream()
            .filter(Submission.Cosigned.class::isInstance)
            .map(Submission::witness)
            .toList();
    return confirmed.isEmpty()
        ? new Verdict.Unconfirmed(submissions)
        : new Verdict.Confirmed(confirmed);
  }

  private static Verdict refuse(TransparencyLog log, String reason) {
    log.refuseAppends(reason);
    return new Verdict.Refused(reason);
  }
}
