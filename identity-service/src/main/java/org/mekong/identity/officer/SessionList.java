package org.mekong.identity.officer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.mekong.identity.session.Session;

/** The browser sessions of a person that last, newest first. */
public record SessionList(List<Item> items) {
  public SessionList {
    items = List.copyOf(items);
  }

  /** One session. */
  public record Item(UUID id, String acr, List<String> amr, Instant authTime, Instant expiresAt) {}

  static SessionList of(List<Session> sessions) {
    return new SessionList(
        sessions.stream()
            .map(
                session ->
                    new Item(
                        session.id(),
                        session.acr(),
                        session.amr(),
                        session.authTime(),
                        session.expiresAt()))
            .toList());
  }
}
