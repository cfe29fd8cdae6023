package org.mekong.gateway.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.storage.Transactions;
import org.mekong.webhooks.address.AddressGuard;
import org.mekong.webhooks.address.Target;
import org.mekong.webhooks.secret.SecretSeal;
import org.mekong.webhooks.secret.WebhookSecret;

/** Sets webhooks up, gives them secrets, and ends them. */
@ApplicationScoped
public class WebhookDesk {

  private final Webhooks webhooks;
  private final Transactions transactions;
  private final SecretSeal seal;
  private final AddressGuard guard;
  private final WebhookConfig config;

  @Inject Clock clock;

  @Inject
  WebhookDesk(
      Webhooks webhooks,
      Transactions transactions,
      SecretSeal seal,
      AddressGuard guard,
      WebhookConfig config) {
    this.webhooks = webhooks;
    this.transactions = transactions;
    this.seal = seal;
    this.guard = guard;
    this.config = config;
  }

  /** Sets one up; a client has one webhook at most at a URL. */
  Webhook create(String client, CreateWebhook body) throws SQLException {
    String url = checked(body.url());
    WebhookSecret secret = WebhookSecret.generate();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var webhook = new Webhook(RequestIds.next(), url, Webhook.ACTIVE, null, null, now, 0, 0, null);
    transactions.in(
        transaction -> {
          List<Webhook> others = webhooks.hold(transaction, client);
          if (others.stream().anyMatch(other -> other.url().equals(url))) {
            throw conflict(
                "webhook/url",
                "This client has a webhook at this URL.",
                "Use it, or end it first.");
          }
          if (others.size() >= config.most()) {
            throw conflict(
                "webhook/most",
                "This client has as many webhooks as it may have.",
                "End one that is not needed.");
          }
          webhooks.add(transaction, webhook, client, seal.seal(webhook.id(), secret));
          return true;
        });
    return webhook.with(secret.shown());
  }

  private String checked(@Nullable String url) {
    Target target = url == null ? null : Target.parse(url).orElse(null);
    if (url == null || target == null) {
      throw Problem.malformed(
          "url: https, with a host, without credentials or fragment, up to 2048 characters.");
    }
    try {
      guard.addresses(target.host());
      return url;
    } catch (AddressGuard.Refused refused) {
      throw Problem.malformed(
          switch (refused.rule()) {
            case UNKNOWN_HOST -> "url: the host has no address.";
            case PRIVATE_ADDRESS -> "url: the host has an address that is not public.";
          });
    }
  }

  /** Renews the secret; the one before signs beside it for a while. */
  Webhook renew(String client, UUID id) throws SQLException {
    WebhookSecret secret = WebhookSecret.generate();
    Instant until = clock.instant().plus(config.overlap()).truncatedTo(ChronoUnit.MICROS);
    return transactions
        .in(
            transaction -> {
              existing(webhooks.renew(transaction, client, id, seal.seal(id, secret), until));
              return webhooks.find(transaction, client, id).orElseThrow(WebhookDesk::absent);
            })
        .with(secret.shown());
  }

  /** Lets one go on that has stopped. */
  Webhook change(String client, UUID id, ChangeWebhook body) throws SQLException {
    if (!Webhook.ACTIVE.equals(body.state())) {
      throw Problem.malformed("state: active.");
    }
    return transactions.in(
        transaction -> {
          existing(webhooks.resume(transaction, client, id));
          return webhooks.find(transaction, client, id).orElseThrow(WebhookDesk::absent);
        });
  }

  void end(String client, UUID id) throws SQLException {
    existing(transactions.in(transaction -> webhooks.end(transaction, client, id)));
  }

  /** One of a client; not found where it is another's. */
  public Webhook find(String client, UUID id) throws SQLException {
    return transactions
        .in(connection -> webhooks.find(connection, client, id))
        .orElseThrow(WebhookDesk::absent);
  }

  WebhookList list(String client) throws SQLException {
    return new WebhookList(transactions.in(connection -> webhooks.list(connection, client)));
  }

  private static void existing(boolean exists) {
    if (!exists) {
      throw absent();
    }
  }

  static RuntimeException absent() {
    return Problem.of(
            "not-found",
            404,
            "Nothing here",
            "This client has no such webhook.",
            "See GET /v1/webhooks for those that it has.")
        .build();
  }

  /** What is asked for does not fit what there is. */
  public static RuntimeException conflict(String rule, String detail, String action) {
    return Problem.of("conflict", 409, "Conflict", detail, action).with("rule", rule).build();
  }
}
