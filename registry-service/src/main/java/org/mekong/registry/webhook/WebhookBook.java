package org.mekong.registry.webhook;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.log.AdministrativeEntry;
import org.mekong.registry.problem.Problem;

/** Changes webhooks on an administrator's word; each act is told in the log in its transaction. */
@Singleton
public class WebhookBook {

  private final DataSource database;
  private final Webhooks webhooks;
  private final AdministrativeEntry entries;
  private final Clock clock;

  WebhookBook(DataSource database, Webhooks webhooks, AdministrativeEntry entries, Clock clock) {
    this.database = database;
    this.webhooks = webhooks;
    this.entries = entries;
    this.clock = clock;
  }

  /** What becomes of a webhook, with what else is done in the transaction. */
  @FunctionalInterface
  public interface Change {

    /** Makes the webhook that takes the place of another. */
    Webhook of(Connection transaction, Webhook before) throws SQLException;
  }

  /** Changes a webhook that is not ended. */
  public Webhook change(UUID id, String act, Change change) throws SQLException {
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        webhooks.put(transaction, change.of(transaction, held(transaction, id)));
        tell(transaction, act, id);
        Webhook after = webhooks.find(transaction, id).orElseThrow(WebhookBook::unknown);
        transaction.commit();
        return after;
      } catch (SQLException | RuntimeException e) {
        transaction.rollback();
        throw e;
      } finally {
        transaction.setAutoCommit(true);
      }
    }
  }

  /** A webhook, ended or not. */
  public Webhook find(UUID id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return webhooks.find(connection, id).orElseThrow(WebhookBook::unknown);
    }
  }

  List<Webhook> list(@Nullable UUID after, int limit) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return webhooks.list(connection, after, limit);
    }
  }

  /** A webhook that is not ended, held until the transaction ends. */
  Webhook held(Connection transaction, UUID id) throws SQLException {
    return webhooks
        .hold(transaction, id)
        .filter(webhook -> webhook.state() != Webhook.State.ENDED)
        .orElseThrow(WebhookBook::unknown);
  }

  void tell(Connection transaction, String act, UUID id) throws SQLException {
    var unused = entries.append(transaction, act, Map.of("webhook", id.toString()));
  }

  /** Now, as exactly as it is stored. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static RuntimeException unknown() {
    return Problem.NOT_FOUND.because("There is no such webhook.");
  }
}
