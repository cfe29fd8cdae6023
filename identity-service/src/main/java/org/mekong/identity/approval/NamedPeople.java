package org.mekong.identity.approval;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Knows who is meant by the name that tokens of a client have for a person. */
public interface NamedPeople {
  /**
   * The account of an administrator who may act.
   *
   * @param subject {@code sub} of a token on behalf of a person
   */
  Optional<UUID> administrator(Connection connection, String clientId, String subject)
      throws SQLException;
}
