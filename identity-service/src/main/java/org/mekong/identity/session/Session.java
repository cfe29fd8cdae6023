package org.mekong.identity.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Somebody who signed in by a browser.
 *
 * @param id names the session to clients ({@code sid}); it opens nothing
 * @param accountId who it is
 * @param acr how sure it is
 * @param amr how they signed in (RFC 8176)
 * @param authTime when they last did, to the second
 * @param createdAt when the session began
 * @param expiresAt when it ends, whatever happens
 */
public record Session(
    UUID id,
    UUID accountId,
    String acr,
    List<String> amr,
    Instant authTime,
    Instant createdAt,
    Instant expiresAt) {
  public Session {
    amr = List.copyOf(amr);
  }

  /** Whether the person signed in no longer ago than a client accepts ({@code max_age}). */
  public boolean freshAt(Instant moment, Duration maxAge) {
    return !moment.isAfter(authTime.plus(maxAge));
  }
}
