package org.mekong.registry.webhook.delivery;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.Follower;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.reading.Page;
import org.mekong.registry.webhook.Webhook;
import org.mekong.registry.webhook.WebhookBook;
import org.mekong.registry.webhook.Webhooks;

/** Shows what became of deliveries, and begins them again. */
@Singleton
class DeliveryDesk {

  private final DataSource database;
  private final WebhookBook book;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final Follower follower;

  DeliveryDesk(
      DataSource database,
      WebhookBook book,
      Webhooks webhooks,
      Deliveries deliveries,
      Follower follower) {
    this.database = database;
    this.book = book;
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.follower = follower;
  }

  DeliveryPage list(
      UUID webhook, @Nullable String state, @Nullable String cursor, @Nullable String limit)
      throws SQLException {
    Violations violations = new Violations();
    Delivery.State of =
        violations.read(
            "state",
            state,
            "known-code",
            "is none of pending, delivered, dead and replaced",
            word ->
                Arrays.stream(Delivery.State.values())
                    .filter(known -> Deliveries.word(known).equals(word))
                    .findFirst());
    violations.refuse();
    String list = "deliveries " + webhook + " " + state;
    Page page = Page.read(cursor, limit, 20, list);
    var unused = book.find(webhook);
    List<Delivery> found;
    try (Connection connection = database.getConnection()) {
      found = deliveries.list(connection, webhook, of, page.after(), page.limit() + 1);
    }
    List<DeliveryView> shown = found.stream().limit(page.limit()).map(DeliveryView::of).toList();
    return new DeliveryPage(
        shown, found.size() > page.limit() ? Page.cursor(shown.getLast().id(), list) : null);
  }

  /** Begins again at a cursor, with a dead letter, or with all of them. */
  ReplayView replay(UUID id, Replay body) throws SQLException {
    boolean all = Boolean.TRUE.equals(body.dead());
    long named =
        Stream.of(body.after() != null, body.delivery() != null, all).filter(told -> told).count();
    if (named != 1) {
      throw Problem.invalid("after", "one-of", "or delivery or dead has to be there, and only one");
    }
    return body.after() == null ? revive(id, body.delivery()) : again(id, body.after());
  }

  private ReplayView revive(UUID id, @Nullable String text) throws SQLException {
    UUID delivery =
        text == null
            ? null
            : key(text)
                .orElseThrow(() -> Problem.invalid("delivery", "uuid", "is no key of a delivery"));
    AtomicInteger revived = new AtomicInteger();
    Webhook webhook =
        book.change(
            id,
            "webhook_replayed",
            (transaction, before) -> {
              revived.set(deliveries.revive(transaction, id, delivery));
              if (delivery != null && revived.get() == 0) {
                throw Problem.CONFLICT.because(
                    "The webhook has no such dead letter.", "webhook/dead-letter");
              }
              return before;
            });
    return new ReplayView(id, webhook.position(), revived.get());
  }

  private ReplayView again(UUID id, String after) throws SQLException {
    long position = follower.begin(after, book.find(id).filter());
    Webhook webhook =
        book.change(
            id,
            "webhook_replayed",
            (transaction, before) -> {
              webhooks.giveUp(transaction, id);
              Webhook back = before.at(position);
              return back.state() == Webhook.State.STOPPED
                  ? back.in(Webhook.State.ACTIVE, null, book.now())
                  : back;
            });
    return new ReplayView(id, webhook.position(), 0);
  }

  private static Optional<UUID> key(String text) {
    return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
