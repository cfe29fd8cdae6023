package org.mekong.resourceserver.singleuse;

import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A store for tests that need no database. */
public final class InMemorySingleUseStore implements SingleUseStore {
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  @Override
  public void spend(SingleUse use, Instant until) throws AlreadyUsed {
    if (!used.add(Base64.getEncoder().encodeToString(use.digest()))) {
      throw new AlreadyUsed(use);
    }
  }

  public int size() {
    return used.size();
  }
}
