package org.mekong.registry.disclosure;

import java.sql.Connection;
import java.sql.SQLException;

/** Looks at persons, in the transaction that records it. */
@FunctionalInterface
public interface Reading<T> {

  /** Reads; what it finds leaves only after the transaction has committed. */
  Finding<T> read(Connection transaction) throws SQLException;
}
