package org.mekong.identity.interaction;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mekong.identity.page.Language;

/**
 * A pushed request in front of a person, and how far they have come.
 *
 * @param id what the address of a page carries; together with the browser's cookie it opens this
 * @param pushed the request
 * @param language in which they read
 * @param sessionId the session into which they signed in here
 * @param consent what they decided
 * @param expiresAt until when they have time
 */
public record Interaction(
    String id,
    Pushed pushed,
    Language language,
    Optional<UUID> sessionId,
    Optional<Decided> consent,
    Instant expiresAt) {

  /**
   * What somebody decided.
   *
   * @param accountId who; nobody where they turned back before they signed in
   * @param granted whether the client gets what it asks for
   */
  public record Decided(Optional<UUID> accountId, boolean granted) {
    /** Whether it is the decision of an account. */
    public boolean isBy(UUID account) {
      return accountId.equals(Optional.of(account));
    }

    /** Whether somebody turned back, whoever it was. */
    public boolean isCancelled() {
      return accountId.isEmpty() && !granted;
    }
  }

  /** What is asked for. */
  public AskedFor asked() {
    return pushed.asked();
  }

  /** The same, read in another language. */
  public Interaction in(Language other) {
    return new Interaction(id, pushed, other, sessionId, consent, expiresAt);
  }

  /** The id opens pages: it is in no log. */
  @Override
  public String toString() {
    return "Interaction[" + asked() + "]";
  }
}
