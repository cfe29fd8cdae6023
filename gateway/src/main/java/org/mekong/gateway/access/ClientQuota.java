package org.mekong.gateway.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often a client may ask by its registration, as its token says (claim {@value #CLAIM}).
 *
 * @param perMinute lookups within a minute; null for no bound
 * @param perDay lookups in a day, UTC; null for no bound
 */
public record ClientQuota(@Nullable Integer perMinute, @Nullable Integer perDay) {

  /** No bound but the agreement's. */
  public static final ClientQuota NONE = new ClientQuota(null, null);

  static final String CLAIM = "quotas";

  /** The quota in a claim; a bound that is no positive number allows nothing. */
  static ClientQuota of(@Nullable Object claim) {
    return claim instanceof Map<?, ?> members
        ? new ClientQuota(
            bound(members.get("lookups_per_minute")), bound(members.get("lookups_per_day")))
        : NONE;
  }

  private static @Nullable Integer bound(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof Number number
        ? (int) Math.clamp(number.longValue(), 0, Integer.MAX_VALUE)
        : Integer.valueOf(0);
  }
}
