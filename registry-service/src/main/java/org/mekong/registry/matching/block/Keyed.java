package org.mekong.registry.matching.block;

import java.util.Map;
import java.util.UUID;

/**
 * A person's blocking keys.
 *
 * @param keys by key, the name of the rule that made it
 */
public record Keyed(UUID personId, Map<Long, String> keys) {
  public Keyed {
    keys = Map.copyOf(keys);
  }
}
