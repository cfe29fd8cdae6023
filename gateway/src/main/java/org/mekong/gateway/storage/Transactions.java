package org.mekong.gateway.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one database transaction: all of it is committed, or nothing. */
@ApplicationScoped
public class Transactions {

  private final DataSource dataSource;

  @Inject
  public Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs and commits; rolls back when the work throws.
   *
   * @throws SQLException when the database refused or is gone
   */
  public <T> T in(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * Runs one statement, which commits by itself.
   *
   * @throws SQLException when the database refused or is gone
   */
  public <T> T atOnce(Work<T> statement) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return statement.in(connection);
    }
  }

  /** Work on an open transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it; neither commits nor closes the connection. */
    T in(Connection connection) throws SQLException;
  }
}
