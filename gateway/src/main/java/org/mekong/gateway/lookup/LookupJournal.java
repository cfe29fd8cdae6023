package org.mekong.gateway.lookup;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Question;
import org.mekong.gateway.evidence.KeptEvidence;
import org.mekong.gateway.exchange.PeerAnswer;
import org.mekong.gateway.exchange.answering.OwnRegister.OwnAnswer;
import org.mekong.gateway.lookup.keyed.KeyState;
import org.mekong.gateway.lookup.keyed.KeyedLookups;
import org.mekong.gateway.lookup.keyed.StoredOutcome;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.receipt.ExchangeEntry;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.receipt.Leg;
import org.mekong.gateway.storage.SharedTransactions;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogTransaction;
import org.mekong.log.LogTransaction.Place;
import org.mekong.log.LogTransaction.Result;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;

/**
 * Writes down what becomes of a lookup: the leg in the log and, where the lookup has a key, its
 * state, in one transaction.
 */
@ApplicationScoped
class LookupJournal {

  private final Transactions transactions;
  private final GatewayLog log;
  private final LookupConfig config;
  private final Clock clock;
  private final SharedTransactions<Sending, EntryReference> sending;
  private final SharedTransactions<Answered, Place> answering;

  @Inject
  LookupJournal(Transactions transactions, GatewayLog log, LookupConfig config, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.config = config;
    this.clock = clock;
    this.sending = new SharedTransactions<>(sendings -> log.write(to -> send(to, sendings)));
    this.answering = new SharedTransactions<>(answers -> log.write(to -> answer(to, answers)));
  }

  /** Somebody else did this step in the meantime, so nothing of it was written twice. */
  static final class Overtaken extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    Overtaken() {
      super("somebody else was at this lookup");
    }
  }

  /** Begins a lookup under a key. */
  KeyState begin(KeyedLookups.Key key, LookupRequest request, Duration claim) throws SQLException {
    Instant now = clock.instant();
    return transactions.in(
        connection -> KeyedLookups.begin(connection, key, request, now, now.plus(claim)));
  }

  /** A rule of ours refused: logged, and durable when this returns. */
  void refused(UUID requestId, Question question, @Nullable String officer, Refusal refusal)
      throws SQLException {
    ExchangeEntry entry =
        ExchangeEntry.of(Leg.REFUSAL, requestId, clock.instant(), question, officer, null)
            .outcome("refused", refusal.rule());
    StoredOutcome outcome = new StoredOutcome(null, refusal);
    log.await(
        transactions.in(
            connection -> {
              if (KeyedLookups.isFinished(connection, requestId)) {
                throw new Overtaken();
              }
              return finish(connection, requestId, entry, outcome, false);
            }));
  }

  /** A rule refused for now: logged, and not remembered as the outcome of a key. */
  void postponed(UUID requestId, Question question, @Nullable String officer, String rule)
      throws SQLException {
    ExchangeEntry entry =
        ExchangeEntry.of(Leg.REFUSAL, requestId, clock.instant(), question, officer, null)
            .outcome("refused", rule);
    log.await(transactions.in(connection -> log.appendAwaited(connection, entry)));
  }

  /**
   * The request is about to be sent: logged, and durable when this returns where it stands.
   *
   * @param keyed whether it has a key
   * @throws Overtaken when somebody else sends under the same key
   */
  EntryReference sending(SignedMessage<ExchangeRequest> request, boolean keyed)
      throws SQLException {
    ExchangeEntry entry = entry(Leg.REQUEST, request.payload()).digest(request.digest());
    return sending.in(new Sending(entry, request, keyed, latest(request.payload())));
  }

  private record Sending(
      ExchangeEntry entry, SignedMessage<ExchangeRequest> request, boolean keyed, Instant until) {

    UUID requestId() {
      return request.payload().requestId();
    }

    KeptEvidence.Begun begun(PendingEntry appended) {
      ExchangeRequest asked = request.payload();
      return new KeptEvidence.Begun(
          asked.requestId(), asked.agency(), asked.to(), request.compact(), appended, until);
    }
  }

  private Result<List<EntryReference>> send(LogTransaction transaction, List<Sending> sendings)
      throws SQLException {
    Connection connection = transaction.connection();
    List<PendingEntry> appended =
        GatewayLog.append(transaction, sendings.stream().map(Sending::entry).toList());
    List<KeptEvidence.Begun> begun = new ArrayList<>();
    for (int i = 0; i < sendings.size(); i++) {
      Sending each = sendings.get(i);
      begun.add(each.begun(appended.get(i)));
      if (each.keyed()) {
        requireFirst(
            KeyedLookups.sending(
                connection, each.requestId(), each.request().compact(), appended.get(i)));
      }
    }
    transaction.atCommit(KeptEvidence.begin(begun));
    return places -> places.stream().map(EntryReference::of).toList();
  }

  /** Nothing came that may be passed on; a repeat may try again at once. */
  void failed(ExchangeRequest request, String rule) throws SQLException {
    ExchangeEntry entry = entry(Leg.FAILURE, request).outcome("no_answer", rule);
    log.await(
        transactions.in(
            connection -> {
              PendingEntry appended = log.appendAwaited(connection, entry);
              KeyedLookups.claim(connection, request.requestId(), clock.instant());
              KeptEvidence.failed(connection, request.requestId(), appended);
              return appended;
            }));
  }

  /** The time of a lookup that waits is over: logged, final, and durable when this returns. */
  void expired(UUID requestId, Question question, @Nullable String officer, Refusal expiry)
      throws SQLException {
    ExchangeEntry entry =
        ExchangeEntry.of(Leg.FAILURE, requestId, clock.instant(), question, officer, null)
            .outcome("expired", expiry.rule());
    StoredOutcome outcome = new StoredOutcome(null, expiry);
    log.await(
        transactions.in(
            connection -> {
              PendingEntry appended = finish(connection, requestId, entry, outcome, true);
              KeptEvidence.failed(connection, requestId, appended);
              return appended;
            }));
  }

  /**
   * The peer answered, or refused; returns where our answer leg stands.
   *
   * @param keyed whether it has a key
   * @throws Overtaken when there is an outcome under the same key
   */
  Receipt answered(
      ExchangeRequest request, PeerAnswer given, @Nullable LookupAnswer toAgency, boolean keyed)
      throws SQLException {
    SignedMessage<ExchangeAnswer> answer = given.answer();
    Refusal refusal = answer.payload().refusal();
    ExchangeEntry entry =
        entry(Leg.ANSWER, request)
            .outcome(answer.payload().outcome().wireName(), refusal == null ? null : refusal.rule())
            .digest(answer.digest());
    StoredOutcome outcome = keyed ? new StoredOutcome(toAgency, refusal) : null;
    return answering.in(new Answered(entry, request.requestId(), given, outcome)).receipt();
  }

  private record Answered(
      ExchangeEntry entry, UUID requestId, PeerAnswer given, @Nullable StoredOutcome outcome) {}

  private Result<List<Place>> answer(LogTransaction transaction, List<Answered> answers)
      throws SQLException {
    Connection connection = transaction.connection();
    List<PendingEntry> appended =
        GatewayLog.append(transaction, answers.stream().map(Answered::entry).toList());
    List<KeptEvidence.Given> given = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Answered each = answers.get(i);
      PeerAnswer answer = each.given();
      given.add(
          new KeptEvidence.Given(
              each.requestId(), appended.get(i), answer.answer().compact(), answer.receipt()));
      StoredOutcome outcome = each.outcome();
      if (outcome != null) {
        requireFirst(
            KeyedLookups.finish(
                connection, each.requestId(), outcome, appended.get(i), clock.instant()));
      }
    }
    transaction.atCommit(KeptEvidence.answered(given));
    return places -> places;
  }

  private static void requireFirst(boolean first) {
    if (!first) {
      throw new Overtaken();
    }
  }

  /** Our own register answered, or refused: one leg tells of it and of those whom it is about. */
  Receipt answeredAtHome(
      ExchangeRequest request, OwnAnswer given, @Nullable LookupAnswer toAgency, boolean keyed)
      throws SQLException {
    SignedMessage<ExchangeAnswer> answer = given.answer();
    Refusal refusal = answer.payload().refusal();
    StoredOutcome outcome = new StoredOutcome(toAgency, refusal);
    return log.await(
        transactions.in(
            connection -> {
              ExchangeEntry entry =
                  entry(Leg.ANSWER, request)
                      .outcome(
                          answer.payload().outcome().wireName(),
                          refusal == null ? null : refusal.rule())
                      .digest(answer.digest());
              if (refusal == null) {
                List<String> commitments =
                    log.commit(
                        connection,
                        given.persons().stream()
                            .map(each -> GatewayLog.asked(request.to(), each, request.requestId()))
                            .toList());
                entry =
                    entry.disclosed(answer.payload().count(), commitments, given.visibleAfter());
              }
              PendingEntry appended =
                  finish(connection, request.requestId(), entry, outcome, keyed);
              KeptEvidence.answered(
                      List.of(
                          new KeptEvidence.Given(
                              request.requestId(), appended, answer.compact(), null)))
                  .run(connection);
              return appended;
            }));
  }

  /** The receipt of a committed entry. */
  Receipt receipt(PendingEntry entry) {
    return log.await(entry);
  }

  /** Gives up a claim after an error of our own. */
  void release(UUID requestId) throws SQLException {
    transactions.in(
        connection -> {
          KeyedLookups.claim(connection, requestId, clock.instant());
          return true;
        });
  }

  /** Whether a lookup with a key has its outcome. */
  boolean isFinished(UUID requestId) throws SQLException {
    return transactions.in(connection -> KeyedLookups.isFinished(connection, requestId));
  }

  /** Where a committed entry stands. */
  EntryReference reference(PendingEntry entry) {
    return EntryReference.of(receipt(entry));
  }

  /** Erases outcomes and forgets keys when their time is over. */
  @Scheduled(
      every = "60s",
      delayed = "40s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void clean() throws SQLException {
    Instant now = clock.instant();
    transactions.in(
        connection ->
            KeyedLookups.clean(
                connection,
                now.minus(config.outcomeRetention()),
                now.minus(config.keyRetention())));
  }

  private PendingEntry finish(
      Connection connection,
      UUID requestId,
      ExchangeEntry entry,
      StoredOutcome outcome,
      boolean keyed)
      throws SQLException {
    PendingEntry appended = log.appendAwaited(connection, entry);
    boolean first = KeyedLookups.finish(connection, requestId, outcome, appended, clock.instant());
    if (keyed && !first) {
      throw new Overtaken();
    }
    return appended;
  }

  /** From when the evidence on a request is kept: the last moment at which an answer can come. */
  private Instant latest(ExchangeRequest request) {
    Long expires = request.expires();
    return expires == null ? clock.instant() : Instant.ofEpochSecond(expires);
  }

  private ExchangeEntry entry(Leg leg, ExchangeRequest request) {
    return ExchangeEntry.of(
        leg,
        request.requestId(),
        clock.instant(),
        request.question(),
        request.officer(),
        request.legalBasis());
  }
}
