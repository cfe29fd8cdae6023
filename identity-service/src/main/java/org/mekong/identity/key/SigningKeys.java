package org.mekong.identity.key;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.mekong.identity.access.RequestId;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.journal.JournalEntry;
import org.mekong.identity.journal.JournalUnavailable;
import org.mekong.identity.journal.Transaction;

/**
 * The signing keys of this issuer, as the database holds them: every replica looks again every few
 * seconds, so that a rotation reaches all of them without a restart. The first start makes a key
 * for ES256; a key for another algorithm is made when the first client asks for it.
 */
@Startup
@Singleton
public class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);

  private final KeyHolder holder;
  private final Journal journal;
  private final KeyConfig config;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("signing-keys").factory());
  private volatile Map<String, SigningKey> keys = Map.of();

  SigningKeys(KeyHolder holder, Journal journal, KeyConfig config, Clock clock) {
    this.holder = holder;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
    reload();
    signing(JWSAlgorithm.ES256);
  }

  @PostConstruct
  void start() {
    long millis = config.reloadEvery().toMillis();
    timer.scheduleWithFixedDelay(this::lookAgain, millis, millis, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  /** The key that signs now by ES256, the algorithm of access tokens. */
  public SigningKey current() {
    return signing(JWSAlgorithm.ES256);
  }

  /** The key that signs now by an algorithm; it is made when there is none. */
  public SigningKey signing(JWSAlgorithm algorithm) {
    Optional<SigningKey> known = active(algorithm);
    if (known.isPresent()) {
      return known.get();
    }
    journal.transact(
        transaction -> {
          KeyTable.lock(transaction.connection()); // replicas that need it together make one
          Instant now = clock.instant();
          boolean made =
              KeyTable.published(transaction.connection(), now).stream()
                  .anyMatch(row -> row.algorithm().equals(algorithm));
          return made ? algorithm : add(transaction, algorithm, now).algorithm();
        });
    reload();
    return active(algorithm)
        .orElseThrow(() -> new IllegalStateException("no signing key is active"));
  }

  /** The public keys that verify what was signed or will be soon, newest first. */
  public JWKSet published() {
    List<JWK> published = all().stream().map(SigningKey::publicKey).toList();
    return new JWKSet(published);
  }

  /** The keys that are published, newest first. */
  public List<SigningKey> all() {
    Instant now = clock.instant();
    return keys.values().stream()
        .filter(key -> key.publishedAt(now))
        .sorted(Comparator.comparing(SigningKey::activeFrom).reversed())
        .toList();
  }

  @Produces
  @Singleton
  JWKSource<SecurityContext> source() {
    return (selector, context) -> selector.select(published());
  }

  /** Adds a key in a transaction that holds the lock. */
  KeyTable.Row add(Transaction transaction, JWSAlgorithm algorithm, Instant activeFrom)
      throws SQLException {
    Instant now = clock.instant();
    KeyTable.Row key = holder.make(transaction.connection(), algorithm, activeFrom);
    KeyTable.add(transaction.connection(), key, now);
    transaction.record(
        JournalEntry.ofAdministration(RequestId.next(clock), now, "signing_key_made")
            .with("key", key.kid())
            .with("algorithm", algorithm.getName()));
    LOG.infof("made the signing key %s", key.kid());
    return key;
  }

  /** Reads the keys anew. */
  void reload() {
    Map<String, SigningKey> known = keys;
    Map<String, SigningKey> found = new HashMap<>();
    List<KeyTable.Row> rows =
        journal.transact(
            transaction -> KeyTable.published(transaction.connection(), clock.instant()));
    for (KeyTable.Row row : rows) {
      SigningKey before = known.get(row.kid());
      SigningKey key =
          before == null
              ? holder.open(row)
              : new SigningKey(
                  before.publicKey(),
                  before.algorithm(),
                  before.signer(),
                  row.activeFrom(),
                  row.publishedUntil());
      found.put(row.kid(), key);
    }
    keys = Map.copyOf(found);
  }

  private void lookAgain() {
    try {
      reload();
    } catch (JournalUnavailable down) {
      LOG.warn("the signing keys cannot be read anew; those known stay in use", down);
    } catch (RuntimeException failed) {
      LOG.error("a signing key cannot be opened; those known stay in use", failed);
    }
  }

  private Optional<SigningKey> active(JWSAlgorithm algorithm) {
    Instant now = clock.instant();
    SigningKey newest = null;
    for (SigningKey key : keys.values()) {
      if (key.algorithm().equals(algorithm)
          && !now.isBefore(key.activeFrom())
          && key.publishedAt(now)
          && (newest == null || key.activeFrom().isAfter(newest.activeFrom()))) {
        newest = key;
      }
    }
    return Optional.ofNullable(newest);
  }
}
