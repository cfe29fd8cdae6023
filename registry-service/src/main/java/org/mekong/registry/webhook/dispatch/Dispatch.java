package org.mekong.registry.webhook.dispatch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.feed.FeedWatch;

/**
 * Looks which webhooks wait for something, and lets each be delivered to by a thread of its own:
 * one whose receiver never answers keeps nobody else waiting.
 */
@Singleton
final class Dispatch {

  private static final Logger LOG = Logger.getLogger(Dispatch.class);
  private static final Duration ROUND = Duration.ofMillis(250);

  private final DataSource database;
  private final FeedWatch watch;
  private final Courier courier;
  private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread rounds;
  private boolean failing;

  Dispatch(DataSource database, FeedWatch watch, Courier courier) {
    this.database = database;
    this.watch = watch;
    this.courier = courier;
  }

  void start(@Observes StartupEvent event) {
    rounds = Thread.ofVirtual().name("webhooks").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) {
    Thread running = rounds;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      while (!watch.isEnded()) {
        long position = watch.position();
        round(position);
        watch.await(position, ROUND);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void round(long position) {
    List<UUID> due;
    try (Connection connection = database.getConnection()) {
      due = Lease.due(connection, position);
      failing = false;
    } catch (SQLException | RuntimeException e) {
      if (!failing && !watch.isEnded()) {
        LOG.errorf(e, "Webhooks stand still; it is tried again every %s", ROUND);
      }
      failing = true;
      return;
    }
    for (UUID webhook : due) {
      if (busy.add(webhook)) {
        Thread.ofVirtual().name("webhook").start(() -> deliver(webhook));
      }
    }
  }

  private void deliver(UUID webhook) {
    try {
      boolean more = true;
      while (more && !watch.isEnded()) {
        more = courier.deliver(webhook);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException e) {
      LOG.errorf(e, "A delivery to webhook %s broke off; it is tried again", webhook);
    } finally {
      busy.remove(webhook);
    }
  }
}
