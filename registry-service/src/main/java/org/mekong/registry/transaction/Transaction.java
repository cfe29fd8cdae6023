package org.mekong.registry.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Work that is done whole or not at all, on a connection of its own. */
public final class Transaction {

  private Transaction() {}

  /** Work that comes to something. */
  @FunctionalInterface
  public interface Work<T> {

    /** Does it, and leaves the end of the transaction to the caller. */
    T run(Connection transaction) throws SQLException;
  }

  /** Work of which nothing is told. */
  @FunctionalInterface
  public interface Step {

    /** Does it, and leaves the end of the transaction to the caller. */
    void run(Connection transaction) throws SQLException;
  }

  /**
   * What work comes to, after it is committed. A failure rolls all of it back, and is told also
   * where that fails.
   */
  public static <T> T of(DataSource database, Work<T> work) throws SQLException {
    return ended(database, work, Connection::commit);
  }

  /** What work would come to: all of it is rolled back. */
  public static <T> T tried(DataSource database, Work<T> work) throws SQLException {
    return ended(database, work, Connection::rollback);
  }

  /** Does a step, as {@link #of} does work. */
  public static void run(DataSource database, Step step) throws SQLException {
    boolean unused =
        of(
            database,
            transaction -> {
              step.run(transaction);
              return true;
            });
  }

  private static <T> T ended(DataSource database, Work<T> work, Step end) throws SQLException {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        T outcome = work.run(transaction);
        end.run(transaction);
        return outcome;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(transaction, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection transaction, Throwable failure) {
    try {
      transaction.rollback();
    } catch (SQLException lost) {
      failure.addSuppressed(lost);
    }
  }
}
