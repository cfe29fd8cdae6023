package org.mekong.registry.statement.key;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys with what each of them is at a moment. Pure: the same for every replica that sees the
 * same rows at the same time.
 *
 * @param keys in the order in which they take over
 */
public record KeyRing(List<StatementKey> keys) {

  public KeyRing {
    keys =
        keys.stream()
            .sorted(Comparator.comparing(StatementKey::signsFrom).thenComparing(StatementKey::kid))
            .toList();
  }

  /** What a key is at a moment. */
  public enum State {
    /** Published, so that everybody knows it when it takes over. */
    ANNOUNCED,
    /** It signs. */
    SIGNING,
    /** It signs no more; what it signed can be checked. */
    SUPERSEDED,
    /** It signed last so long ago that it is no longer published. */
    EXPIRED,
    /** Nobody is to trust what it signed. */
    WITHDRAWN;

    /** The word in answers. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The key that signs: the last one that has taken over. */
  public Optional<StatementKey> signing(Instant now) {
    return keys.stream()
        .filter(key -> !key.isWithdrawn() && !key.signsFrom().isAfter(now))
        .reduce((earlier, later) -> later);
  }

  /** What a key is. */
  public State state(StatementKey key, Instant now, Period publication) {
    if (key.isWithdrawn()) {
      return State.WITHDRAWN;
    }
    if (key.signsFrom().isAfter(now)) {
      return State.ANNOUNCED;
    }
    Optional<Instant> until = signedUntil(key, now);
    if (until.isEmpty()) {
      return State.SIGNING;
    }
    Instant published = until.get().atOffset(ZoneOffset.UTC).plus(publication).toInstant();
    return now.isBefore(published) ? State.SUPERSEDED : State.EXPIRED;
  }

  /** The keys that are published, the one that signs longest first. */
  public List<StatementKey> published(Instant now, Period publication) {
    List<StatementKey> published = new ArrayList<>();
    for (StatementKey key : keys.reversed()) {
      State state = state(key, now, publication);
      if (state != State.WITHDRAWN && state != State.EXPIRED) {
        published.add(key);
      }
    }
    return published;
  }

  /**
   * When the next key is to take over by schedule; nothing while there is one announced, or while
   * it is too early to announce one.
   */
  public Optional<Instant> next(Instant now, Period rotation, Duration announcement) {
    boolean announced =
        keys.stream().anyMatch(key -> !key.isWithdrawn() && key.signsFrom().isAfter(now));
    Optional<StatementKey> signing = signing(now);
    if (announced) {
      return Optional.empty();
    }
    if (signing.isEmpty()) {
      return Optional.of(now);
    }
    Instant due = signing.get().signsFrom().atOffset(ZoneOffset.UTC).plus(rotation).toInstant();
    Instant earliest = now.plus(announcement);
    return due.isAfter(earliest) ? Optional.empty() : Optional.of(earliest);
  }

  /** Those that sign no more for so long that no replica can still be using them. */
  public List<StatementKey> spent(Instant now, Duration grace) {
    return keys.stream()
        .filter(key -> key.secret().isPresent())
        .filter(
            key ->
                key.isWithdrawn()
                    || signedUntil(key, now)
                        .filter(until -> until.plus(grace).isBefore(now))
                        .isPresent())
        .toList();
  }

  /** When its successor took over. */
  private Optional<Instant> signedUntil(StatementKey key, Instant now) {
    return keys.stream()
        .filter(other -> !other.isWithdrawn() && !other.signsFrom().isAfter(now))
        .filter(other -> keys.indexOf(other) > keys.indexOf(key))
        .map(StatementKey::signsFrom)
        .findFirst();
  }
}
