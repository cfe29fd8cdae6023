package org.mekong.registry.permission.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.CallerRole;

/**
 * Who asks, as far as rules look at them: behind the gateway the agency that its request names.
 * Immutable.
 */
public record Asker(@Nullable String agency, @Nullable String agencyClass, Set<CallerRole> roles) {

  public Asker {
    roles = Set.copyOf(roles);
  }
}
