package org.mekong.registry.statistics.publication;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A table for everybody.
 *
 * @param release month in which it was published; nothing in it changes until the next one
 * @param roundedTo every figure that is counted is rounded to a multiple of this, and totals are
 *     sums of rounded figures
 * @param provinces names of the codes in the rows
 * @param rows one observation each, members as the columns of the CSV
 */
public record StatisticsView(
    String statistic,
    String nation,
    @Schema(examples = "2026-11") String release,
    Instant releasedAt,
    int roundedTo,
    List<ProvinceName> provinces,
    List<Map<String, Object>> rows) {

  /** The names of a province. */
  public record ProvinceName(String code, String name, String englishName) {}
}
