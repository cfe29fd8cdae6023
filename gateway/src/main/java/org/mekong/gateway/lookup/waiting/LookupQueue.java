package org.mekong.gateway.lookup.waiting;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.lookup.LookupRequest;

/** Where lookups are queued whose callers do not wait. */
public interface LookupQueue {

  /**
   * Queues a lookup, once for a key, or refuses it at once.
   *
   * @param preferences respond-async, and how long the caller waits all the same
   * @return 202 with the operation, or 200 with the answer where it came in time
   */
  Response accept(
      Agency agency, LookupRequest request, Optional<String> key, Preferences preferences);
}
