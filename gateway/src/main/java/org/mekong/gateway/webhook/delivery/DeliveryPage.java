package org.mekong.gateway.webhook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Cursor;

/**
 * A page of deliveries, the latest first.
 *
 * @param next cursor of the next page, where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryPage(List<DeliveryView> deliveries, @Nullable String next) {

  private static final int PARTS = 3;

  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }

  /** A place in the list, behind a delivery. */
  record Place(Instant createdAt, UUID id) {}

  /** The first of these that fit, and where it goes on. */
  static DeliveryPage of(List<DeliveryView> found, int limit) {
    if (found.size() <= limit) {
      return new DeliveryPage(found, null);
    }
    DeliveryView last = found.get(limit - 1);
    return new DeliveryPage(
        found.subList(0, limit),
        Cursor.behind(
            ChronoUnit.MICROS.between(Instant.EPOCH, last.createdAt()),
            last.id().getMostSignificantBits(),
            last.id().getLeastSignificantBits()));
  }

  /** The place behind which a page begins; empty for the first. */
  static Optional<Place> read(@Nullable String cursor) {
    return Cursor.read(cursor, PARTS).map(DeliveryPage::place);
  }

  private static Place place(ByteBuffer key) {
    long micros = key.getLong();
    if (micros < 0) {
      throw Cursor.foreign();
    }
    return new Place(
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(key.getLong(), key.getLong()));
  }
}
