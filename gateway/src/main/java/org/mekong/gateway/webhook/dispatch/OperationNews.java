package org.mekong.gateway.webhook.dispatch;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Tells webhooks of operations that have become final. Thread-safe. */
@Singleton
public class OperationNews {

  private static final String TELL =
      """
      INSERT INTO webhook_delivery
        (delivery_id, webhook_id, operation_id, operation_state, state, due_at, created_at)
      SELECT gen_random_uuid(), webhook_id, ?, ?, 'pending', now(), now()
      FROM webhook WHERE client_id = ? AND state = 'active'""";

  /** Queues a message for each webhook of a client, in the transaction that makes it true. */
  public void tell(Connection transaction, String client, UUID operation, String state)
      throws SQLException {
    try (PreparedStatement insert = transaction.prepareStatement(TELL)) {
      insert.setObject(1, operation);
      insert.setString(2, state);
      insert.setString(3, client);
      insert.executeUpdate();
    }
  }
}
