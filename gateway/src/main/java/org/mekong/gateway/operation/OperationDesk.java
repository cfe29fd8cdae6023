package org.mekong.gateway.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.access.Agency;
import org.mekong.gateway.http.Problem;
import org.mekong.gateway.http.RequestIds;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.lookup.LookupRequest;
import org.mekong.gateway.lookup.WaitingLookups;
import org.mekong.gateway.lookup.waiting.LookupQueue;
import org.mekong.gateway.lookup.waiting.Preferences;
import org.mekong.gateway.operation.Operations.KeyedBody;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogException;

/** Queues lookups for clients, and gives them what became of them. */
@ApplicationScoped
class OperationDesk implements LookupQueue {

  private static final Logger LOG = Logger.getLogger(OperationDesk.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT = 16;
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final long LONGEST_RETRY = 60;

  private final WaitingLookups lookups;
  private final Operations operations;
  private final Transactions transactions;
  private final Sealed seal;
  private final OperationConfig config;

  @Inject Bell bell;
  @Inject Clock clock;

  @Inject
  OperationDesk(
      WaitingLookups lookups,
      Operations operations,
      Transactions transactions,
      Sealed seal,
      OperationConfig config) {
    this.lookups = lookups;
    this.operations = operations;
    this.transactions = transactions;
    this.seal = seal;
    this.config = config;
  }

  @Override
  public Response accept(
      Agency agency, LookupRequest request, Optional<String> key, Preferences preferences) {
    try {
      Operation queued = queue(agency, request, key.orElse(null));
      bell.ring();
      Duration patience =
          preferences.patience().compareTo(config.longestWait()) < 0
              ? preferences.patience()
              : config.longestWait();
      Operation after = patience.isZero() ? queued : await(queued, patience);
      if (!patience.isZero() && after.state() != State.PENDING) {
        return inTime(agency, after, patience);
      }
      String applied =
          "respond-async" + (patience.isZero() ? "" : ", wait=" + patience.toSeconds());
      return Response.accepted(OperationView.of(after))
          .header("Location", OperationView.PATH + after.id())
          .header("Preference-Applied", applied)
          .header("Retry-After", retryAfter(after))
          .header("Cache-Control", "no-store")
          .build();
    } catch (SQLException | LogException e) {
      LOG.error("A lookup could not be queued", e);
      throw Problem.unavailable("The lookup cannot be queued now.");
    }
  }

  private Operation queue(Agency agency, LookupRequest request, @Nullable String key)
      throws SQLException {
    if (key != null) {
      Optional<Operation> known = known(agency, request, key);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Instant expires = lookups.admit(agency, request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var operation =
        new Operation(
            RequestIds.next(),
            agency.clientId(),
            request.country(),
            request.kind().wireName(),
            request.purpose(),
            State.PENDING,
            now,
            expires,
            null,
            0,
            null,
            now,
            null);
    return add(operation, agency, request, key)
        ? operation
        : known(agency, request, String.valueOf(key)).orElseThrow();
  }

  /** Queues it; false when there is one under the same key. */
  boolean add(Operation operation, Agency agency, LookupRequest request, @Nullable String key)
      throws SQLException {
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    return transactions.in(
        connection -> {
          if (operations.pending(connection, agency.clientId()) >= config.most()) {
            throw OperationProblem.tooMany(config.most());
          }
          return operations.add(
              connection,
              operation,
              agency.id(),
              new KeyedBody(key, salt, digest(salt, request)),
              seal.seal(operation.id(), new Sealed.Asked(agency, request)));
        });
  }

  private Optional<Operation> known(Agency agency, LookupRequest request, String key)
      throws SQLException {
    Optional<Operations.Known> known =
        transactions.in(connection -> operations.find(connection, agency.clientId(), key));
    known.ifPresent(
        found -> {
          if (!MessageDigest.isEqual(found.body().digest(), digest(found.body().salt(), request))) {
            throw OperationProblem.keyReused();
          }
        });
    return known.map(Operations.Known::operation);
  }

  private static byte[] digest(byte[] salt, LookupRequest request) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      return sha256.digest(StrictJson.mapper().writeValueAsBytes(request));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Operation await(Operation queued, Duration patience) throws SQLException {
    Instant until = clock.instant().plus(patience);
    Operation now = queued;
    try {
      while (now.state() == State.PENDING && clock.instant().isBefore(until)) {
        long seen = bell.rung();
        now = find(queued.id(), queued.clientId());
        if (now.state() == State.PENDING) {
          Duration left = Duration.between(clock.instant(), until);
          bell.await(seen, left.compareTo(GLANCE) < 0 ? left : GLANCE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  /** The outcome, as a lookup gives it whose caller waits. */
  private Response inTime(Agency agency, Operation operation, Duration patience)
      throws SQLException {
    OperationView view = show(agency, operation);
    if (view.answer() != null) {
      return Response.ok(view.answer())
          .header("Content-Location", OperationView.PATH + operation.id())
          .header("Preference-Applied", "wait=" + patience.toSeconds())
          .header("Cache-Control", "no-store")
          .build();
    }
    if (view.problem() != null) {
      throw new Outcome(null, view.problem()).thrown();
    }
    return Response.ok(view).header("Cache-Control", "no-store").build();
  }

  /** An operation of a client. */
  Operation find(UUID id, String clientId) throws SQLException {
    return transactions
        .in(connection -> operations.find(connection, id, clientId))
        .orElseThrow(OperationProblem::absent);
  }

  /** An operation with its outcome, as far as its client may still have it. */
  OperationView show(Agency agency, Operation operation) throws SQLException {
    if (operation.state() == State.PENDING || operation.state() == State.CANCELLED) {
      return OperationView.of(operation);
    }
    Operations.Content content =
        transactions.in(connection -> operations.content(connection, operation.id()));
    if (content.question() == null || content.outcome() == null) {
      return OperationView.erased(operation);
    }
    lookups.permit(agency, seal.question(operation.id(), content.question()).request());
    transactions.in(
        connection -> {
          operations.fetched(connection, operation.id(), clock.instant());
          return true;
        });
    return OperationView.of(operation, seal.outcome(operation.id(), content.outcome()));
  }

  /** Withdraws an operation that no attempt was begun at. */
  void cancel(UUID id, String clientId) throws SQLException {
    Operation operation = find(id, clientId);
    boolean cancelled =
        transactions.in(connection -> operations.cancel(connection, operation, clock.instant()));
    if (!cancelled) {
      switch (find(id, clientId).state()) {
        case PENDING -> throw OperationProblem.sent();
        case ANSWERED, REFUSED, EXPIRED -> throw OperationProblem.over();
        case CANCELLED -> {
          // as wished, by an earlier request
        }
      }
    }
    bell.ring();
  }

  OperationPage list(String clientId, @Nullable UUID before, @Nullable State state, int limit)
      throws SQLException {
    return OperationPage.of(
        transactions.in(
            connection -> operations.list(connection, clientId, before, state, limit + 1)),
        limit);
  }

  /** When it is worth looking again, in seconds. */
  long retryAfter(Operation operation) {
    long due = Duration.between(clock.instant(), operation.dueAt()).toSeconds() + 1;
    return Math.clamp(due, 1, LONGEST_RETRY);
  }
}
