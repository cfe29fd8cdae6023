package org.mekong.registry.webhook.dispatch;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mekong.registry.feed.FeedEntry;
import org.mekong.registry.feed.FeedReader;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.webhook.Webhook;
import org.mekong.registry.webhook.WebhookConfig;
import org.mekong.registry.webhook.Webhooks;
import org.mekong.registry.webhook.delivery.Deliveries;
import org.mekong.registry.webhook.delivery.Delivery;

/**
 * Finds what a webhook is to be sent next: the delivery that waits, or a new one of the stretch of
 * the feed that follows. Thread-safe.
 */
@Singleton
final class Stretches {

  private final Records records;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final FeedReader feed;
  private final WebhookConfig config;
  private final SecureRandom random = new SecureRandom();

  Stretches(
      Records records,
      Webhooks webhooks,
      Deliveries deliveries,
      FeedReader feed,
      WebhookConfig config) {
    this.records = records;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.feed = feed;
    this.config = config;
  }

  /**
   * What is to be sent.
   *
   * @param entries as they are shown now
   */
  record Due(Webhook webhook, Delivery delivery, List<FeedEntry> entries) {
    Due {
      entries = List.copyOf(entries);
    }
  }

  /** What is to be sent next; nothing when there is nothing, or the lease is lost. */
  Optional<Due> next(Lease lease) throws SQLException {
    while (true) {
      Records.State state = records.state(lease.webhookId());
      if (state.waiting().isEmpty()) {
        return following(lease, state.webhook());
      }
      Delivery waiting = state.waiting().get();
      Optional<List<FeedEntry>> entries =
          feed.between(waiting.after(), waiting.last(), waiting.filter());
      if (entries.isPresent()) {
        return Optional.of(new Due(state.webhook(), waiting, entries.get()));
      }
      if (!records.attempted(lease, waiting, Delivery.State.DEAD, "expired", null)) {
        return Optional.empty();
      }
    }
  }

  private Optional<Due> following(Lease lease, Webhook from) throws SQLException {
    Webhook webhook = from;
    while (true) {
      switch (feed.behind(webhook.position(), webhook.filter(), config.batch())) {
        case FeedReader.Slice.Expired expired -> {
          records.stop(lease, "expired");
          return Optional.empty();
        }
        case FeedReader.Slice.Astray astray -> {
          records.stop(lease, "restored");
          return Optional.empty();
        }
        case FeedReader.Slice.Entries(
                List<FeedEntry> found,
                FeedEntry.Place next,
                boolean more) -> {
          long last = next.position();
          Delivery delivery = delivery(webhook, last, found.size());
          if (last == webhook.position() || !cover(lease, webhook, delivery)) {
            return Optional.empty();
          }
          if (!found.isEmpty()) {
            return Optional.of(new Due(webhook, delivery, found));
          }
          if (!more) {
            return Optional.empty();
          }
          webhook = webhook.at(last);
        }
      }
    }
  }

  /** Notes that a delivery covers what follows, unless the webhook was changed meanwhile. */
  private boolean cover(Lease lease, Webhook webhook, Delivery delivery) throws SQLException {
    return records.held(
        lease,
        (Connection transaction, Webhook held) -> {
          boolean same =
              held.position() == webhook.position() && held.filter().equals(webhook.filter());
          if (same) {
            webhooks.advance(transaction, webhook.id(), delivery.last());
            if (delivery.entries() > 0) {
              deliveries.add(transaction, delivery);
            }
          }
          return same;
        });
  }

  private Delivery delivery(Webhook webhook, long last, int entries) {
    Instant now = records.now();
    return new Delivery(
        UuidV7.of(now.toEpochMilli(), random),
        webhook.id(),
        webhook.position(),
        last,
        webhook.filter(),
        entries,
        Delivery.State.PENDING,
        0,
        null,
        null,
        now,
        null);
  }
}
