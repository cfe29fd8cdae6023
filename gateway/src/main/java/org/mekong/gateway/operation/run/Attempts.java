package org.mekong.gateway.operation.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.lookup.WaitingLookups;
import org.mekong.gateway.lookup.waiting.Progress;
import org.mekong.gateway.lookup.waiting.Waiting;
import org.mekong.gateway.operation.Bell;
import org.mekong.gateway.operation.Operation;
import org.mekong.gateway.operation.OperationConfig;
import org.mekong.gateway.operation.Operations;
import org.mekong.gateway.operation.Outcome;
import org.mekong.gateway.operation.Sealed;
import org.mekong.gateway.operation.State;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.webhook.dispatch.OperationNews;

/**
 * Attempts a claimed operation and writes down what became of it, once: whoever comes second finds
 * it final. No transaction is open while the peer takes its time. Thread-safe.
 */
@Singleton
class Attempts {

  private static final Logger LOG = Logger.getLogger(Attempts.class);

  /** How much longer a claim lasts than an attempt: for all but the asking. */
  private static final Duration SPARE = Duration.ofSeconds(5);

  private static final Duration MERCY = Duration.ofHours(1);
  private static final String BROKEN_OFF = "lookup/broken-off";
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final WaitingLookups lookups;
  private final Transactions transactions;
  private final Operations operations;
  private final OperationConfig config;
  private final Pauses pauses;
  private final Set<String> silent = ConcurrentHashMap.newKeySet();

  @Inject Sealed seal;
  @Inject Bell bell;
  @Inject OperationNews news;
  @Inject Clock clock;
  @Inject MeterRegistry metrics;

  @Inject
  Attempts(
      WaitingLookups lookups,
      Transactions transactions,
      Operations operations,
      OperationConfig config) {
    this.lookups = lookups;
    this.transactions = transactions;
    this.operations = operations;
    this.config = config;
    this.pauses = new Pauses(config.firstPause(), config.longestPause(), new SecureRandom());
  }

  /** Claims what is due, of other nations than these. */
  Optional<Claim> claim(Collection<String> without) throws SQLException {
    return transactions.in(
        connection -> Claim.take(connection, config.attempt().plus(SPARE), without));
  }

  /** Makes one attempt and gives the claim back. */
  void make(Claim claim) throws SQLException {
    Progress progress;
    try {
      progress = proceed(claim);
    } catch (SQLException | RuntimeException e) {
      LOG.errorf(e, "An attempt at operation %s broke off", claim.operation().id());
      giveUpOrLeave(claim);
      return;
    }
    switch (progress) {
      case Progress.Answered(var answer) -> finish(claim, State.ANSWERED, Outcome.of(answer));
      case Progress.Refused(var problem) -> finish(claim, State.REFUSED, Outcome.of(problem));
      case Progress.Expired(var problem) -> finish(claim, State.EXPIRED, Outcome.of(problem));
      case Progress.NotYet(@Nullable String rule) -> {
        if (rule != null && rule.startsWith("exchange/")) {
          silent.add(claim.operation().country());
        }
        leave(claim, rule);
      }
    }
  }

  /** What breaks whoever attempts it is given up when its time has been over for a while. */
  private void giveUpOrLeave(Claim claim) throws SQLException {
    if (clock.instant().isBefore(claim.operation().expiresAt().plus(MERCY))) {
      leave(claim, BROKEN_OFF);
      return;
    }
    Outcome outcome =
        Outcome.of(
            Problem.of(
                    "expired",
                    504,
                    "No answer from the peer",
                    "The time of this lookup is over, and this gateway could not work on it.",
                    "Ask anew, and tell the operator of this gateway the id of the operation.")
                .with("rule", BROKEN_OFF)
                .build());
    finish(claim, State.EXPIRED, outcome);
  }

  private Progress proceed(Claim claim) throws SQLException {
    Operation operation = claim.operation();
    Sealed.Asked asked = seal.question(operation.id(), claim.question());
    Duration left = Duration.between(clock.instant(), operation.expiresAt());
    Duration within = left.compareTo(config.attempt()) < 0 ? left : config.attempt();
    return lookups.proceed(
        asked.agency(),
        asked.request(),
        waiting(operation),
        within.compareTo(SHORTEST) < 0 ? SHORTEST : within);
  }

  private void finish(Claim claim, State state, Outcome outcome) throws SQLException {
    Operation operation = claim.operation();
    Instant now = clock.instant();
    boolean first =
        transactions.in(
            connection -> {
              lookups.taken(connection, operation.clientId(), waiting(operation));
              byte[] sealed = seal.seal(operation.id(), outcome);
              boolean done = operations.finish(connection, operation, state, sealed, now);
              if (done) {
                news.tell(connection, operation.clientId(), operation.id(), state.wireName());
              }
              return done;
            });
    if (first) {
      Timer.builder("mekong.operation")
          .description("Lookups whose callers did not wait, from queued to final")
          .tag("state", state.wireName())
          .register(metrics)
          .record(Duration.between(operation.createdAt(), now));
    }
    bell.ring();
    if (state != State.EXPIRED && silent.remove(operation.country())) {
      int due = transactions.in(connection -> Claim.hasten(connection, operation.country()));
      LOG.infof("%s answers again; %d operations are due", operation.country(), due);
    }
  }

  private void leave(Claim claim, @Nullable String rule) throws SQLException {
    Duration pause = pauses.after(claim.operation().attempts());
    transactions.in(
        connection -> {
          claim.leave(connection, pause, rule);
          return true;
        });
  }

  private static Waiting waiting(Operation operation) {
    return new Waiting(operation.id(), operation.expiresAt());
  }
}
