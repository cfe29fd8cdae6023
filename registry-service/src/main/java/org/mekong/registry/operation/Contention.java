package org.mekong.registry.operation;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.mekong.registry.problem.Problem;

/** Work that is done again where others came between. */
final class Contention {

  private static final int ATTEMPTS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 40;

  /** Deadlock, serialisation failure, and a row that another wrote under the same key. */
  private static final Set<String> STATES = Set.of("40P01", "40001", "23505");

  private Contention() {}

  /** A whole transaction. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws SQLException;
  }

  /**
   * The outcome of the first attempt that nobody came between.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 when there is no end to it
   */
  static <T> T resolved(Attempt<T> attempt) throws SQLException {
    for (int i = 1; i <= ATTEMPTS; i++) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        if (!isContention(e)) {
          throw e;
        }
        pause(i);
      }
    }
    throw Problem.CONFLICT.because(
        "Others change the same persons without a pause; send the request again.");
  }

  /** A batch that failed tells why in the exception that follows it. */
  private static boolean isContention(SQLException failure) {
    for (SQLException e = failure; e != null; e = e.getNextException()) {
      if (e.getSQLState() != null && STATES.contains(e.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS) * (long) attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
