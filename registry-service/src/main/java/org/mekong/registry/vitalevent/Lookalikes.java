package org.mekong.registry.vitalevent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Tells whether somebody who enters the register may stand in it already. */
@FunctionalInterface
public interface Lookalikes {

  /** How many persons look like a newcomer, in the transaction that enters them. */
  int count(Connection transaction, UUID newcomer) throws SQLException;
}
