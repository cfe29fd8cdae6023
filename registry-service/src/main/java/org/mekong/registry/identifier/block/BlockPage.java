package org.mekong.registry.identifier.block;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Number blocks, the fullest first.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BlockPage(List<Item> blocks, @Nullable String next) {

  BlockPage {
    blocks = List.copyOf(blocks);
  }

  /**
   * One block.
   *
   * @param prefix the digits that its numbers share
   * @param capacity how many numbers it holds
   * @param given how many of them were given when it was counted
   * @param share given of capacity, from 0 to 1
   */
  record Item(String prefix, long capacity, long given, double share, Instant countedAt) {
    static Item of(BlockCensus.Count count) {
      long capacity = count.block().capacity();
      return new Item(
          count.block().prefix(),
          capacity,
          count.given(),
          (double) count.given() / capacity,
          count.countedAt());
    }
  }
}
