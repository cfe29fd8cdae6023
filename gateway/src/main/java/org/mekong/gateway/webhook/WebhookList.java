package org.mekong.gateway.webhook;

import java.util.List;

/** All webhooks of a client; there are few. */
public record WebhookList(List<Webhook> webhooks) {

  public WebhookList {
    webhooks = List.copyOf(webhooks);
  }
}
