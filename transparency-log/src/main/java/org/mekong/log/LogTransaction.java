package org.mekong.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A transaction whose entries are part of the log when it has committed: whatever else it writes is
 * durable together with them, at one wait for the disk. The log is locked from the last of its
 * statements to the commit, not longer; where no other replica writes to it, all of that is one
 * message. Used by one thread.
 */
public final class LogTransaction {
  /** What another head does to a transaction that does not lock it first: not null, deadlock. */
  private static final Set<String> OVERTAKEN = Set.of("23502", "40P01");

  private final Connection connection;
  private final String origin;
  private final PendingStore pendings;
  private final Integrator integrator;
  private final List<PendingEntry> tickets = new ArrayList<>();
  private final List<byte[]> entries = new ArrayList<>();
  private final List<PendingEntry.Companion> atCommit = new ArrayList<>();

  private LogTransaction(
      Connection connection, String origin, PendingStore pendings, Integrator integrator) {
    this.connection = connection;
    this.origin = origin;
    this.pendings = pendings;
    this.integrator = integrator;
  }

  /**
   * What is written in one transaction.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Work<T> {
    /** Writes; neither commits nor closes the connection. May run again when it has failed. */
    Result<T> in(LogTransaction transaction) throws SQLException;
  }

  /**
   * Makes the result of a transaction once it is durable.
   *
   * @param <T> what came of it
   */
  @FunctionalInterface
  public interface Result<T> {
    /**
     * @param places of the entries, in the order in which they were appended
     */
    T of(List<Place> places);
  }

  /** Where an entry stands, from now on for ever. */
  public static final class Place {
    private final String origin;
    private final Ticket.Outcome.Placed placed;

    private Place(String origin, Ticket.Outcome.Placed placed) {
      this.origin = origin;
      this.placed = placed;
    }

    public String origin() {
      return origin;
    }

    /** From 0. */
    public long index() {
      return placed.index();
    }

    /** The proof; made when it is asked for. */
    public Receipt receipt() {
      return Receipt.of(origin, placed);
    }
  }

  /** The open transaction, for what else is written in it. */
  public Connection connection() {
    return connection;
  }

  /**
   * Appends entries, each of 1 to 65,535 bytes.
   *
   * @return what they can be kept by in other tables, in the order of the entries
   */
  public List<PendingEntry> append(List<byte[]> appended) throws SQLException {
    List<PendingEntry> given = new ArrayList<>();
    for (byte[] entry : appended) {
      LogStore.requireEntry(entry);
      given.add(new PendingEntry(origin, pendings.reserve(connection), integrator.sizeSeen()));
    }
    tickets.addAll(given);
    entries.addAll(appended);
    return given;
  }

  /**
   * Keeps a statement for the end, where it goes to the database in one message with the entries
   * and the commit: cheaper than to wait for it. Nothing is told of what it has found; where it
   * fails the transaction fails, with what the database says.
   */
  public void atCommit(PendingEntry.Companion statement) {
    atCommit.add(statement);
  }

  private List<Place> commit(boolean atOnce) throws SQLException {
    if (entries.isEmpty()) {
      LogStore.commit(connection, atCommit);
      return List.of();
    }
    return integrator.placeAndCommit(connection, tickets, entries, atCommit, atOnce).stream()
        .map(placed -> new Place(origin, placed))
        .toList();
  }

  static <T> T run(
      DataSource database,
      String origin,
      PendingStore pendings,
      Integrator integrator,
      Work<T> work)
      throws SQLException {
    if (integrator.isAlone()) {
      try {
        return run(database, origin, pendings, integrator, work, true);
      } catch (SQLException e) {
        String state = e.getSQLState();
        if (state == null || !OVERTAKEN.contains(state)) {
          throw e;
        }
      }
    }
    return run(database, origin, pendings, integrator, work, false);
  }

  private static <T> T run(
      DataSource database,
      String origin,
      PendingStore pendings,
      Integrator integrator,
      Work<T> work,
      boolean atOnce)
      throws SQLException {
    Result<T> result;
    List<Place> places;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        LogTransaction transaction = new LogTransaction(connection, origin, pendings, integrator);
        result = work.in(transaction);
        places = transaction.commit(atOnce);
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
      handBack(connection);
    }
    return result.of(places);
  }

  /** Whether a constraint has refused a transaction: nothing of it was done. */
  public static boolean isByConstraint(Exception failure) {
    return failure instanceof SQLException refused
        && refused.getSQLState() != null
        && refused.getSQLState().startsWith("23");
  }

  /** Whether the connection broke, which says nothing of what became of the commit. */
  public static boolean isUndecided(Exception failure) {
    return failure instanceof SQLException refused
        && refused.getSQLState() != null
        && (refused.getSQLState().startsWith("08") || refused.getSQLState().startsWith("57P"));
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    handBack(connection);
  }

  /**
   * What has become of the transaction is decided: a connection that breaks now changes nothing.
   */
  private static void handBack(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // it is broken, and the pool drops it
    }
  }
}
