package org.mekong.resourceserver.singleuse;

import java.time.Instant;

/**
 * Remembers what was used, so that it is used once. Shared by every replica of a service and
 * thread-safe: of any number of simultaneous attempts exactly one succeeds.
 */
public interface SingleUseStore {
  /**
   * Uses the thing, now and durably.
   *
   * @param until when the thing becomes worthless by itself and may be forgotten
   * @throws AlreadyUsed when it was used before
   */
  void spend(SingleUse use, Instant until) throws AlreadyUsed;
}
