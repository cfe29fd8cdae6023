package org.mekong.registry.population.village;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.identifier.NumberBlock;

/**
 * Gives out a village's personal numbers. Each block of numbers is shared out between the villages
 * beforehand, so that villages made at the same time never give the same number, and none looks for
 * a free one.
 */
final class Numbers {

  private final Settlement settlement;
  private final int village;
  private final Map<BirthFacts, Share> shares = new HashMap<>();

  Numbers(Settlement settlement, int village) {
    this.settlement = settlement;
    this.village = village;
  }

  private static final class Share {
    final NumberBlock block;
    final int start;
    int given;

    Share(NumberBlock block, int start) {
      this.block = block;
      this.start = start;
    }
  }

  /** The next number of those who share the facts of birth; nothing when the share is used up. */
  Optional<String> next(BirthFacts facts) {
    Share share = shares.computeIfAbsent(facts, this::share);
    int capacity = share.block.capacity();
    int serial = settlement.serial(village, share.given, capacity, share.start);
    if (serial < 0) {
      return Optional.empty();
    }
    share.given++;
    return Optional.of(share.block.number(serial));
  }

  private Share share(BirthFacts facts) {
    NumberBlock block = settlement.scheme.blockOf(facts);
    return new Share(block, settlement.start(block.prefix(), block.capacity()));
  }
}
