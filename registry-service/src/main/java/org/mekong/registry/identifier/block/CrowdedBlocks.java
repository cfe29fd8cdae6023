package org.mekong.registry.identifier.block;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mekong.registry.identifier.NumberBlock;
import org.mekong.registry.nation.NationProfile;

/**
 * The blocks in which a random candidate was taken already. That happens as often as a block is
 * full, so those worth counting are found here without counting any. Thread-safe.
 */
@ApplicationScoped
public class CrowdedBlocks {

  /** More are not remembered: a register-wide count is near anyway. */
  private static final int MOST = 1_000;

  private final Set<NumberBlock> blocks = ConcurrentHashMap.newKeySet();
  private final Counter exhausted;

  CrowdedBlocks(MeterRegistry metrics, NationProfile profile) {
    exhausted =
        Counter.builder("mekong.identifier.exhausted")
            .description("Times that no free number was found for somebody's facts of birth")
            .tag("nation", profile.nation().name())
            .register(metrics);
  }

  /** Notes that a candidate of a block was taken. */
  public void note(NumberBlock block) {
    if (blocks.size() < MOST) {
      blocks.add(block);
    }
  }

  /** Notes that no candidate of a block was free. */
  public void noteExhausted(NumberBlock block) {
    note(block);
    exhausted.increment();
  }

  /** Some of the blocks noted, which are forgotten here. */
  List<NumberBlock> take(int most) {
    List<NumberBlock> taken = blocks.stream().limit(most).toList();
    taken.forEach(blocks::remove);
    return taken;
  }
}
