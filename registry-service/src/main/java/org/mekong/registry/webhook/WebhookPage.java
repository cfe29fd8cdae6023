package org.mekong.registry.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of webhooks.
 *
 * @param next cursor of the next page, where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookPage(List<WebhookView> webhooks, @Nullable String next) {
  public WebhookPage {
    webhooks = List.copyOf(webhooks);
  }
}
