package org.mekong.registry.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.operation.OperationKey;
import org.mekong.registry.operation.Operations;
import org.mekong.registry.operation.Outcome;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.reading.Page;
import org.mekong.webhooks.secret.SecretSeal;
import org.mekong.webhooks.secret.WebhookSecret;

/** Sets webhooks up, gives them secrets, changes and ends them. */
@ApplicationScoped
class WebhookDesk {

  private static final String PATH = "/admin/v1/webhooks/";
  private static final String LIST = "webhooks";

  private final WebhookBook book;
  private final WebhookForm form;
  private final Webhooks webhooks;
  private final Operations operations;
  private final SecretSeal seal;
  private final WebhookConfig config;
  private final ObjectMapper json;
  private final SecureRandom random = new SecureRandom();

  WebhookDesk(
      WebhookBook book,
      WebhookForm form,
      Webhooks webhooks,
      Operations operations,
      SecretSeal seal,
      WebhookConfig config,
      ObjectMapper json) {
    this.book = book;
    this.form = form;
    this.webhooks = webhooks;
    this.operations = operations;
    this.seal = seal;
    this.config = config;
    this.json = json;
  }

  /** What a request made, and the secret where this very request made it. */
  record Made(URI location, WebhookView webhook) {}

  /** A secret that was made for an outcome, until it is known whether that one stayed. */
  private record Fresh(URI location, String shown) {}

  /** Sets a webhook up once for a key. */
  Made create(OperationKey key, CreateWebhook body) throws SQLException {
    WebhookForm.Read read = form.read(body);
    AtomicReference<@Nullable Fresh> fresh = new AtomicReference<>();
    Outcome outcome =
        operations.once(
            key,
            operations.digest("webhook", body),
            transaction -> {
              if (webhooks.count(transaction) >= config.most()) {
                throw Problem.CONFLICT.because(
                    "There are as many webhooks as this register serves.", "webhook/most");
              }
              Instant now = book.now();
              Webhook webhook =
                  new Webhook(
                      UuidV7.of(now.toEpochMilli(), random),
                      read.url(),
                      read.filter(),
                      Webhook.State.ACTIVE,
                      null,
                      read.position(),
                      null,
                      now,
                      now,
                      1);
              WebhookSecret secret = WebhookSecret.generate();
              webhooks.add(transaction, webhook, seal.seal(webhook.id(), secret), key.caller());
              book.tell(transaction, "webhook_created", webhook.id());
              URI location = URI.create(PATH + webhook.id());
              fresh.set(new Fresh(location, secret.shown()));
              return new Outcome(201, location, write(WebhookView.of(webhook)));
            });
    return made(outcome, fresh.get());
  }

  /** Renews the secret once for a key; the one before signs beside it for a while. */
  Made renew(OperationKey key, UUID id) throws SQLException {
    AtomicReference<@Nullable Fresh> fresh = new AtomicReference<>();
    Outcome outcome =
        operations.once(
            key,
            operations.digest("webhook-secret", id),
            transaction -> {
              Instant now = book.now();
              Webhook after = book.held(transaction, id).renewed(now.plus(config.overlap()), now);
              WebhookSecret secret = WebhookSecret.generate();
              webhooks.renew(transaction, after, seal.seal(id, secret));
              book.tell(transaction, "webhook_secret_renewed", id);
              URI location = URI.create(PATH + id + "#" + after.version());
              fresh.set(new Fresh(location, secret.shown()));
              return new Outcome(201, location, write(WebhookView.of(after)));
            });
    return made(outcome, fresh.get());
  }

  /** Changes what a body names. */
  WebhookView change(UUID id, @Nullable String ifMatch, ChangeWebhook body) throws SQLException {
    WebhookForm.Change read = form.read(body);
    return WebhookView.of(
        book.change(
            id,
            "webhook_changed",
            (transaction, before) -> read.of(before.matching(ifMatch), book.now())));
  }

  /** Ends a webhook; what it waits for is given up. */
  void end(UUID id, @Nullable String ifMatch) throws SQLException {
    Webhook unused =
        book.change(
            id,
            "webhook_ended",
            (transaction, before) -> {
              Webhook ended = before.matching(ifMatch);
              webhooks.giveUp(transaction, id);
              return ended.in(Webhook.State.ENDED, null, book.now());
            });
  }

  WebhookView find(UUID id) throws SQLException {
    return WebhookView.of(book.find(id));
  }

  WebhookPage list(@Nullable String cursor, @Nullable String limit) throws SQLException {
    Page page = Page.read(cursor, limit, 20, LIST);
    List<Webhook> found = book.list(page.after(), page.limit() + 1);
    List<WebhookView> shown = found.stream().limit(page.limit()).map(WebhookView::of).toList();
    return new WebhookPage(
        shown, found.size() > page.limit() ? Page.cursor(shown.getLast().id(), LIST) : null);
  }

  /** The secret goes into the answer alone: what is kept for repeated requests holds none. */
  private Made made(Outcome outcome, @Nullable Fresh fresh) {
    try {
      WebhookView view = json.readValue(outcome.body(), WebhookView.class);
      boolean ours = fresh != null && fresh.location().equals(outcome.location());
      return new Made(outcome.location(), ours && fresh != null ? view.with(fresh.shown()) : view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String write(WebhookView view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
