package org.mekong.gateway.operation.run;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.operation.Bell;
import org.mekong.gateway.operation.OperationConfig;

/**
 * Looks what is due and lets each operation be attempted by a thread of its own, so many at once
 * for each nation: one that never answers keeps nobody waiting who asks another.
 */
@Singleton
class Runner {

  private static final Logger LOG = Logger.getLogger(Runner.class);
  private static final Duration ROUND = Duration.ofMillis(250);

  private final Attempts attempts;
  private final OperationConfig config;
  private final Bell bell;
  private final Map<String, Integer> busy = new ConcurrentHashMap<>();
  private volatile @Nullable Thread rounds;
  private volatile boolean ended;
  private boolean failing;

  @Inject
  Runner(Attempts attempts, OperationConfig config, Bell bell) {
    this.attempts = attempts;
    this.config = config;
    this.bell = bell;
  }

  void start(@Observes StartupEvent event) {
    rounds = Thread.ofVirtual().name("operations").start(this::run);
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
        long seen = bell.rung();
        if (!round()) {
          bell.await(seen, ROUND);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes up one operation; whether there was one. */
  private boolean round() {
    try {
      Optional<Claim> claim = attempts.claim(full());
      failing = false;
      claim.ifPresent(this::take);
      return claim.isPresent();
    } catch (SQLException | RuntimeException e) {
      if (!failing && !ended) {
        LOG.errorf(e, "Operations stand still; it is tried again every %s", ROUND);
      }
      failing = true;
      return false;
    }
  }

  private Collection<String> full() {
    return busy.entrySet().stream()
        .filter(entry -> entry.getValue() >= config.atOnce())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void take(Claim claim) {
    String country = claim.operation().country();
    busy.merge(country, 1, Integer::sum);
    Thread.ofVirtual()
        .name("operation")
        .start(
            () -> {
              try {
                attempts.make(claim);
              } catch (SQLException | RuntimeException e) {
                LOG.errorf(
                    e, "What became of operation %s is written later", claim.operation().id());
              } finally {
                busy.computeIfPresent(country, (key, now) -> now == 1 ? null : now - 1);
                bell.ring();
              }
            });
  }
}
