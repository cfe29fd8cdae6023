package org.mekong.gateway.webhook.dispatch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.webhook.WebhookConfig;

/**
 * Looks which messages are due and lets each be sent by a thread of its own, a few at once to each
 * webhook: one whose receiver never answers keeps nobody else waiting for long.
 */
@Singleton
class Dispatch {

  private static final Logger LOG = Logger.getLogger(Dispatch.class);
  private static final Duration ROUND = Duration.ofMillis(500);

  private final Courier courier;
  private final WebhookConfig config;
  private final Semaphore free;
  private final Map<UUID, Integer> busy = new ConcurrentHashMap<>();
  private volatile @Nullable Thread rounds;
  private volatile boolean ended;
  private boolean failing;

  @Inject
  Dispatch(Courier courier, WebhookConfig config) {
    this.courier = courier;
    this.config = config;
    this.free = new Semaphore(config.atOnce());
  }

  void start(@Observes StartupEvent event) {
    rounds = Thread.ofVirtual().name("webhooks").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    ended = true;
    Thread running = rounds;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      while (!ended) {
        if (free.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS) && !round()) {
          free.release();
          Thread.sleep(ROUND);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes up one message; whether there was one. */
  private boolean round() {
    List<UUID> full =
        busy.entrySet().stream()
            .filter(entry -> entry.getValue() >= config.atOnceOfOne())
            .map(Map.Entry::getKey)
            .toList();
    try {
      Optional<Delivery> delivery = courier.claim(full);
      failing = false;
      delivery.ifPresent(this::take);
      return delivery.isPresent();
    } catch (SQLException | RuntimeException e) {
      if (!failing && !ended) {
        LOG.errorf(e, "Webhooks stand still; it is tried again every %s", ROUND);
      }
      failing = true;
      return false;
    }
  }

  private void take(Delivery delivery) {
    busy.merge(delivery.webhook(), 1, Integer::sum);
    Thread.ofVirtual()
        .name("webhook")
        .start(
            () -> {
              try {
                courier.deliver(delivery);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (SQLException | RuntimeException e) {
                LOG.errorf(
                    e, "A message to webhook %s broke off; it is tried again", delivery.webhook());
              } finally {
                busy.computeIfPresent(delivery.webhook(), (id, now) -> now == 1 ? null : now - 1);
                free.release();
              }
            });
  }
}
