package org.mekong.identity.key;

import com.nimbusds.jose.JWSAlgorithm;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.Transaction;

/**
 * Follows signing keys by new ones, on schedule and on demand. A new key is published before it
 * signs and the old one after, so that nobody meets a signature that they cannot verify.
 */
@Singleton
public class KeyRotation {
  private static final Logger LOG = Logger.getLogger(KeyRotation.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

  private final SigningKeys keys;
  private final Journal journal;
  private final KeyConfig config;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("key-rotation").factory());

  KeyRotation(SigningKeys keys, Journal journal, KeyConfig config, Clock clock) {
    this.keys = keys;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What a rotation did.
   *
   * @param kid the new key
   * @param algorithm what it signs with
   * @param activeFrom from when
   * @param previousUntil until when the keys before it are published
   */
  public record Rotated(String kid, String algorithm, Instant activeFrom, Instant previousUntil) {}

  void start(@Observes StartupEvent start) {
    timer.scheduleWithFixedDelay(
        this::rotateQuietly, LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  /**
   * Makes the next key of an algorithm.
   *
   * @param withdraw whether the keys before are no longer to be trusted: then the new key signs at
   *     once and the others are withdrawn at once, and with them every token that they signed
   * @param signed says in the journal's entry on whose word it is done
   */
  public Rotated rotate(
      Transaction transaction,
      JWSAlgorithm algorithm,
      boolean withdraw,
      UnaryOperator<JournalEntry> signed)
      throws SQLException {
    KeyTable.lock(transaction.connection());
    return next(transaction, algorithm, withdraw, signed);
  }

  private Rotated next(
      Transaction transaction,
      JWSAlgorithm algorithm,
      boolean withdraw,
      UnaryOperator<JournalEntry> signed)
      throws SQLException {
    Instant now = clock.instant();
    Instant activeFrom = withdraw ? now : now.plus(config.publishAhead());
    Instant previousUntil = withdraw ? now : activeFrom.plus(config.overlap());
    KeyTable.Row key = keys.add(transaction, algorithm, activeFrom);
    KeyTable.end(transaction.connection(), key, previousUntil);
    transaction.record(
        signed.apply(
            JournalEntry.ofAdministration(RequestId.current(), now, "signing_key_rotated")
                .with("key", key.kid())
                .with("algorithm", algorithm.getName())
                .with("rule", withdraw ? "previous-withdrawn" : "overlap")));
    return new Rotated(key.kid(), algorithm.getName(), activeFrom, previousUntil);
  }

  /** Lets this replica know at once what others will find within seconds. */
  public void announce() {
    keys.reload();
  }

  /** Follows every key whose time is over; of several replicas one does it. */
  List<Rotated> rotateWhatIsDue() {
    List<Rotated> rotated =
        config.rotateAfter().isZero()
            ? List.of()
            : journal.transact(
                transaction -> {
                  KeyTable.lock(transaction.connection());
                  List<KeyTable.Row> published =
                      KeyTable.published(transaction.connection(), clock.instant());
                  List<JWSAlgorithm> due =
                      published.stream()
                          .map(KeyTable.Row::algorithm)
                          .distinct()
                          .filter(algorithm -> due(published, algorithm))
                          .toList();
                  List<Rotated> done = new ArrayList<>();
                  for (JWSAlgorithm algorithm : due) {
                    done.add(
                        next(
                            transaction,
                            algorithm,
                            false,
                            entry -> entry.with("administrator", "schedule")));
                  }
                  return done;
                });
    if (!rotated.isEmpty()) {
      keys.reload();
    }
    return rotated;
  }

  private boolean due(List<KeyTable.Row> published, JWSAlgorithm algorithm) {
    Instant newest =
        published.stream()
            .filter(row -> row.algorithm().equals(algorithm))
            .map(KeyTable.Row::activeFrom)
            .max(Instant::compareTo)
            .orElseThrow();
    return !clock.instant().isBefore(newest.plus(config.rotateAfter()));
  }

  private void rotateQuietly() {
    try {
      rotateWhatIsDue();
    } catch (RuntimeException failed) {
      LOG.error("a signing key whose time is over was not followed by a new one", failed);
    }
  }
}
