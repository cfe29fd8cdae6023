package org.mekong.identity.client;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.identity.access.Members;

/**
 * How often a client may ask about people; absent for no bound but the agreement's.
 *
 * @param lookupsPerMinute at once
 * @param lookupsPerDay in a day, UTC
 */
public record Quotas(
    @Schema(example = "60") @Nullable Integer lookupsPerMinute,
    @Schema(example = "5000") @Nullable Integer lookupsPerDay) {
  /** No bound. */
  public static final Quotas NONE = new Quotas(null, null);

  private static final int MOST = 10_000_000;

  /** What a token says of it, for those who count: empty where there is no bound. */
  public Map<String, Integer> claim() {
    Map<String, Integer> bounds = new TreeMap<>();
    if (lookupsPerMinute != null) {
      bounds.put("lookups_per_minute", lookupsPerMinute);
    }
    if (lookupsPerDay != null) {
      bounds.put("lookups_per_day", lookupsPerDay);
    }
    return bounds;
  }

  void check(Members members) {
    members
        .require(fits(lookupsPerMinute), "quotas.lookupsPerMinute", "1 to " + MOST)
        .require(fits(lookupsPerDay), "quotas.lookupsPerDay", "1 to " + MOST);
  }

  private static boolean fits(@Nullable Integer quota) {
    return quota == null || (quota >= 1 && quota <= MOST);
  }
}
