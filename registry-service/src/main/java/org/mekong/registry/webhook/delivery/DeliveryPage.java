package org.mekong.registry.webhook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of deliveries.
 *
 * @param next cursor of the next page, where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryPage(List<DeliveryView> deliveries, @Nullable String next) {
  DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }
}
