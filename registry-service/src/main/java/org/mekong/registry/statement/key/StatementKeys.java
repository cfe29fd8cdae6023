package org.mekong.registry.statement.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.log.PendingEntry;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.log.AdministrativeEntry;
import org.mekong.registry.statement.StatementConfig;

/**
 * The keys of this register. The first start makes one; after that the next one is announced and
 * takes over by schedule or on demand. Each change is told in the log. All replicas read the same
 * rows and turn by their clocks, so that none signs with a key that was not published before.
 */
@Singleton
public class StatementKeys {

  /** How long a replica goes by what it read. */
  public static final Duration REMEMBERED = Duration.ofSeconds(30);

  /** After what time a key that signs no more is used by no replica, whatever its clock says. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final Logger LOG = Logger.getLogger(StatementKeys.class);
  private static final int ROUND_SECONDS = 30;
  private static final String WITHDRAWN = "statement_key_withdrawn";

  private final DataSource database;
  private final KeyTable table;
  private final YearlyLog log;
  private final AdministrativeEntry entries;
  private final StatementConfig config;
  private final Clock clock;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("statement-keys").daemon().factory());
  private volatile @Nullable Read read;

  private record Read(KeyRing ring, Instant until) {}

  StatementKeys(
      DataSource database,
      KeyTable table,
      YearlyLog log,
      AdministrativeEntry entries,
      StatementConfig config,
      Clock clock) {
    this.database = database;
    this.table = table;
    this.log = log;
    this.entries = entries;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes @Priority(2) StartupEvent event) {
    roundLogged();
    rounds.scheduleWithFixedDelay(
        this::roundLogged, ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    rounds.shutdownNow();
  }

  /** The keys, as they were read not longer ago than {@link #REMEMBERED}. */
  public KeyRing ring() throws SQLException {
    Read now = read;
    if (now == null || clock.instant().isAfter(now.until)) {
      try (Connection connection = database.getConnection()) {
        now = remember(table.read(connection));
      }
    }
    return now.ring;
  }

  /** The key that signs now, with its secret. */
  public ECKey signing() throws SQLException {
    return ring()
        .signing(clock.instant())
        .flatMap(StatementKey::secret)
        .orElseThrow(() -> new SQLException("There is no key to sign statements with"));
  }

  /**
   * Announces a key that takes over when everybody can know it.
   *
   * @return empty when one is announced already
   */
  public Optional<StatementKey> announce() throws SQLException {
    Instant from = now().plus(config.announcement());
    return change(
        (transaction, ring) -> {
          boolean announced =
              ring.keys().stream()
                  .anyMatch(key -> !key.isWithdrawn() && key.signsFrom().isAfter(now()));
          return announced ? Optional.empty() : Optional.of(made(transaction, from));
        },
        entries::append);
  }

  /**
   * Withdraws a key at once: it is no longer published. When it signed, another takes over now.
   *
   * @return empty when there is no such key
   */
  public Optional<StatementKey> withdraw(String kid) throws SQLException {
    return change(
        (transaction, ring) -> {
          Optional<StatementKey> found =
              ring.keys().stream().filter(key -> key.kid().equals(kid)).findFirst();
          if (found.isEmpty() || found.get().isWithdrawn()) {
            return found.map(key -> new Change(key, null, Map.of()));
          }
          table.withdraw(transaction, kid, now());
          if (ring.signing(now()).filter(found.get()::equals).isEmpty()) {
            return Optional.of(new Change(found.get(), WITHDRAWN, Map.of("key", kid)));
          }
          StatementKey successor = generate(now());
          table.insert(transaction, successor);
          Map<String, String> members = Map.of("key", kid, "successor", successor.kid());
          return Optional.of(new Change(found.get(), WITHDRAWN, members));
        },
        entries::append);
  }

  /**
   * What is due by schedule: the next key, and the end of the secrets of those that sign no more.
   */
  void round() throws SQLException {
    change(
        (transaction, ring) -> {
          for (StatementKey spent : ring.spent(now(), GRACE)) {
            table.forgetSecret(transaction, spent.kid());
          }
          Optional<Instant> next = ring.next(now(), config.rotation(), config.announcement());
          return next.isEmpty() ? Optional.empty() : Optional.of(made(transaction, next.get()));
        },
        entries::appendOwn);
  }

  private void roundLogged() {
    try {
      round();
    } catch (SQLException | RuntimeException e) {
      LOG.errorf(e, "The statement keys could not be looked after; the next round tries again");
    }
  }

  /** A key that something happened to, and what is told of it. */
  private record Change(StatementKey key, @Nullable String act, Map<String, String> members) {}

  @FunctionalInterface
  private interface Work {
    Optional<Change> run(Connection transaction, KeyRing ring) throws SQLException;
  }

  @FunctionalInterface
  private interface Telling {
    PendingEntry append(Connection transaction, String act, Map<String, ?> members)
        throws SQLException;
  }

  /** Replicas that change at the same time wait for each other and see what the other did. */
  private Optional<StatementKey> change(Work work, Telling telling) throws SQLException {
    Optional<Change> changed;
    PendingEntry told = null;
    try (Connection transaction = database.getConnection()) {
      transaction.setAutoCommit(false);
      try {
        table.lock(transaction);
        changed = work.run(transaction, table.read(transaction));
        String act = changed.map(Change::act).orElse(null);
        if (changed.isPresent() && act != null) {
          told = telling.append(transaction, act, changed.get().members);
        }
        KeyRing after = table.read(transaction);
        transaction.commit();
        remember(after);
      } catch (SQLException | RuntimeException e) {
        transaction.rollback();
        throw e;
      }
    }
    if (told != null) {
      log.await(told);
    }
    return changed.map(Change::key);
  }

  private Change made(Connection transaction, Instant signsFrom) throws SQLException {
    StatementKey key = generate(signsFrom);
    table.insert(transaction, key);
    return new Change(key, "statement_key_made", Map.of("key", key.kid()));
  }

  private StatementKey generate(Instant signsFrom) {
    try {
      ECKey key =
          new ECKeyGenerator(Curve.P_256)
              .algorithm(JWSAlgorithm.ES256)
              .keyUse(KeyUse.SIGNATURE)
              .keyIDFromThumbprint(true)
              .generate();
      return new StatementKey(key.toPublicJWK(), Optional.of(key), now(), signsFrom, null);
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key cannot be made", e);
    }
  }

  private Read remember(KeyRing ring) {
    Read fresh = new Read(ring, clock.instant().plus(REMEMBERED));
    read = fresh;
    return fresh;
  }

  /** The keys that are published now. */
  public List<StatementKey> published() throws SQLException {
    return ring().published(clock.instant(), config.publication());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
