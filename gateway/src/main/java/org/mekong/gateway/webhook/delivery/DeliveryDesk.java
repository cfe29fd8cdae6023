package org.mekong.gateway.webhook.delivery;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Cursor;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.webhook.WebhookDesk;
import org.mekong.gateway.webhook.WebhookResource;

/** Shows what became of deliveries, and begins them again. */
@Singleton
class DeliveryDesk {

  private static final Set<String> STATES = Set.of("pending", "delivered", "dead");

  private final WebhookDesk webhooks;
  private final Deliveries deliveries;
  private final Transactions transactions;

  DeliveryDesk(WebhookDesk webhooks, Deliveries deliveries, Transactions transactions) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.transactions = transactions;
  }

  /** What was sent to a webhook of a client, and what is to be. */
  DeliveryPage list(
      String client,
      UUID webhook,
      @Nullable String state,
      @Nullable String cursor,
      @Nullable String limit)
      throws SQLException {
    if (state != null && !STATES.contains(state)) {
      throw Problem.malformed("state: pending, delivered or dead.");
    }
    int most = Cursor.limit(limit);
    Optional<DeliveryPage.Place> behind = DeliveryPage.read(cursor);
    var unused = webhooks.find(client, webhook);
    return DeliveryPage.of(
        transactions.in(
            connection -> deliveries.list(connection, webhook, state, behind, most + 1)),
        most);
  }

  /** Begins again with a dead letter, or with all of them. */
  ReplayView replay(String client, UUID webhook, Replay body) throws SQLException {
    boolean all = Boolean.TRUE.equals(body.dead());
    String named = body.delivery();
    if (all == (named != null)) {
      throw Problem.malformed("delivery, or dead: exactly one of them.");
    }
    UUID delivery =
        named == null
            ? null
            : WebhookResource.key(named)
                .orElseThrow(() -> Problem.malformed("delivery: the id of a delivery."));
    var unused = webhooks.find(client, webhook);
    int revived = transactions.in(transaction -> deliveries.revive(transaction, webhook, delivery));
    if (delivery != null && revived == 0) {
      throw WebhookDesk.conflict(
          "webhook/dead-letter",
          "The webhook has no such dead letter.",
          "See GET /v1/webhooks/{id}/deliveries?state=dead for those that it has.");
    }
    return new ReplayView(webhook, revived);
  }
}
