package org.mekong.registry.identifier.block;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.mekong.registry.identifier.IdentifierConfig;
import org.mekong.registry.nation.NationProfile;

/**
 * Keeps the count of the number blocks and reports, without naming any block, how many are nearly
 * full: a prefix tells facts of birth.
 */
@Singleton
class BlockWatch {

  private static final Logger LOG = Logger.getLogger(BlockWatch.class);
  private static final int ROUND_SECONDS = 60;

  /** Blocks counted alone in a round: a hundred ranges of a million take some seconds. */
  private static final int CROWDED_A_ROUND = 100;

  private final BlockCensus census;
  private final IdentifierConfig config;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("number-blocks").daemon().factory());
  private volatile BlockCensus.Standing standing = new BlockCensus.Standing(0, 0);

  BlockWatch(
      BlockCensus census, IdentifierConfig config, MeterRegistry metrics, NationProfile profile) {
    this.census = census;
    this.config = config;
    String nation = profile.nation().name();
    Gauge.builder(
            "mekong.identifier.blocks.nearly.full", this, watch -> watch.standing.nearlyFull())
        .description("Number blocks that are filled to registry.identifier.nearly-full or more")
        .tag("nation", nation)
        .register(metrics);
    Gauge.builder("mekong.identifier.blocks.fullest", this, watch -> watch.standing.fullest())
        .description("Share of the fullest number block that is given, from 0 to 1")
        .tag("nation", nation)
        .register(metrics);
  }

  void start(@Observes StartupEvent event) {
    rounds.scheduleWithFixedDelay(
        this::roundLogged, ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    rounds.shutdownNow();
  }

  /** One round of counting what is due. */
  void round() throws SQLException {
    if (census.isStale(config.censusEvery())) {
      census.countAll();
    }
    census.countCrowded(CROWDED_A_ROUND);
    BlockCensus.Standing now = census.standing(config.nearlyFull());
    if (now.nearlyFull() > standing.nearlyFull()) {
      LOG.warnf(
          "%d number blocks are nearly full; GET /admin/v1/identifier-blocks lists them",
          now.nearlyFull());
    }
    standing = now;
  }

  private void roundLogged() {
    try {
      round();
    } catch (SQLException | RuntimeException e) {
      LOG.errorf(e, "The number blocks could not be counted; the next round tries again");
    }
  }
}
