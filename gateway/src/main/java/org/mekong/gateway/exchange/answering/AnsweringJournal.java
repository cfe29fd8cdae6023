package org.mekong.gateway.exchange.answering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.exchange.answering.ReceivedRequests.Came;
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
import org.mekong.log.commitment.Commitments;

/**
 * Writes down what becomes of a peer's request: its state and its legs in the log, together. Those
 * that come at the same time share their transactions.
 */
@ApplicationScoped
class AnsweringJournal {

  private final Transactions transactions;
  private final GatewayLog log;
  private final Duration claim;
  private final Clock clock;
  private final SharedTransactions<SignedMessage<ExchangeRequest>, Admitted> admitting;
  private final SharedTransactions<Given, Place> giving;

  @Inject
  AnsweringJournal(Transactions transactions, GatewayLog log, ExchangeConfig config, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.claim = config.claim();
    this.clock = clock;
    this.admitting = new SharedTransactions<>(this::admit);
    this.giving = new SharedTransactions<>(given -> log.write(to -> give(to, given)));
  }

  /**
   * What was decided on a request.
   *
   * @param logged where the request leg of a new one stands
   */
  record Admitted(Admission admission, @Nullable EntryReference logged) {}

  private record Given(
      SignedMessage<ExchangeRequest> request,
      SignedMessage<ExchangeAnswer> answer,
      Deliberation.Conclusion conclusion) {}

  /**
   * Admits a request; a new one is logged, and durable when this returns.
   *
   * @param again whether somebody was at it a moment ago
   */
  Admitted admit(SignedMessage<ExchangeRequest> request, boolean again) throws SQLException {
    return again ? log.write(to -> admit(to, List.of(request))).getFirst() : admitting.in(request);
  }

  /**
   * Keeps and logs the answer; durable when this returns.
   *
   * @throws SQLException also when another replica has answered
   */
  Receipt give(
      SignedMessage<ExchangeRequest> request,
      SignedMessage<ExchangeAnswer> answer,
      Deliberation.Conclusion conclusion)
      throws SQLException {
    log.commitments().prepare();
    return giving.in(new Given(request, answer, conclusion)).receipt();
  }

  /**
   * Logs a refusal that holds for now and keeps nothing of it, so that the same request may come
   * again; durable when this returns.
   */
  Receipt postpone(ExchangeRequest request, SignedMessage<ExchangeAnswer> refusal, String rule)
      throws SQLException {
    Instant now = clock.instant();
    ExchangeEntry entry =
        entry(Leg.REFUSAL, request, now).outcome("refused", rule).digest(refusal.digest());
    return log.write(
            transaction -> {
              ReceivedRequests.uncount(transaction.connection(), request, now);
              GatewayLog.append(transaction, List.of(entry));
              return List::getFirst;
            })
        .receipt();
  }

  /** The same without an entry. */
  void uncount(ExchangeRequest request) throws SQLException {
    transactions.in(
        connection -> {
          ReceivedRequests.uncount(connection, request, clock.instant());
          return true;
        });
  }

  /** As if all of them were new, which they are but for repeats. */
  private List<Admitted> admit(List<SignedMessage<ExchangeRequest>> requests) throws SQLException {
    try {
      return log.write(to -> take(to, requests));
    } catch (SQLException e) {
      if (!LogTransaction.isByConstraint(e)) {
        throw e;
      }
    }
    return log.write(to -> admit(to, requests));
  }

  private Result<List<Admitted>> take(
      LogTransaction transaction, List<SignedMessage<ExchangeRequest>> requests)
      throws SQLException {
    Instant now = clock.instant();
    List<PendingEntry> entries =
        GatewayLog.append(transaction, requests.stream().map(each -> logged(each, now)).toList());
    List<ReceivedRequests.Taken> taken = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      SignedMessage<ExchangeRequest> each = requests.get(i);
      taken.add(
          new ReceivedRequests.Taken(
              new Came(each.payload(), each.digest()), now, now.plus(claim), entries.get(i)));
    }
    transaction.atCommit(ReceivedRequests.take(taken));
    return places ->
        places.stream()
            .map(place -> new Admitted(new Admission.New(), EntryReference.of(place)))
            .toList();
  }

  private static ExchangeEntry logged(SignedMessage<ExchangeRequest> request, Instant now) {
    return entry(Leg.REQUEST, request.payload(), now).digest(request.digest());
  }

  private Result<List<Admitted>> admit(
      LogTransaction transaction, List<SignedMessage<ExchangeRequest>> requests)
      throws SQLException {
    Instant now = clock.instant();
    List<Admission> admissions =
        ReceivedRequests.admit(
            transaction.connection(),
            requests.stream().map(each -> new Came(each.payload(), each.digest())).toList(),
            now,
            now.plus(claim));
    List<SignedMessage<ExchangeRequest>> fresh = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (admissions.get(i) instanceof Admission.New) {
        fresh.add(requests.get(i));
      }
    }
    logRequests(transaction, fresh, now);
    return places -> {
      Iterator<EntryReference> logged = places.stream().map(EntryReference::of).iterator();
      return admissions.stream()
          .map(each -> new Admitted(each, each instanceof Admission.New ? logged.next() : null))
          .toList();
    };
  }

  private static void logRequests(
      LogTransaction transaction, List<SignedMessage<ExchangeRequest>> fresh, Instant now)
      throws SQLException {
    if (fresh.isEmpty()) {
      return;
    }
    List<PendingEntry> entries =
        GatewayLog.append(transaction, fresh.stream().map(each -> logged(each, now)).toList());
    List<ReceivedRequests.Logged> logged = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      logged.add(new ReceivedRequests.Logged(fresh.get(i).payload(), entries.get(i)));
    }
    transaction.atCommit(ReceivedRequests.requestEntries(logged));
  }

  private Result<List<Place>> give(LogTransaction transaction, List<Given> given)
      throws SQLException {
    requireOneEach(given);
    Instant now = clock.instant();
    List<PendingEntry> entries =
        GatewayLog.append(transaction, answerEntries(transaction, given, now));
    List<ReceivedRequests.Answered> answered = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Given each = given.get(i);
      answered.add(
          new ReceivedRequests.Answered(
              each.request().payload(), each.answer().compact(), entries.get(i), now));
    }
    transaction.atCommit(ReceivedRequests.answer(answered));
    return places -> places;
  }

  /** Of two answers to one request the database takes one alone: done each by itself, the first. */
  private static void requireOneEach(List<Given> given) throws SQLException {
    long requests =
        given.stream()
            .map(each -> each.request().payload())
            .map(each -> List.of(each.from(), each.requestId()))
            .distinct()
            .count();
    if (requests < given.size()) {
      throw new SQLException("two answers to one request");
    }
  }

  private List<ExchangeEntry> answerEntries(
      LogTransaction transaction, List<Given> given, Instant now) throws SQLException {
    List<Commitments.Asked> asked = given.stream().flatMap(each -> asked(each).stream()).toList();
    Iterator<String> commitments = log.commit(transaction, asked).iterator();
    List<ExchangeEntry> entries = new ArrayList<>();
    for (Given each : given) {
      List<String> own = asked(each).stream().map(ignored -> commitments.next()).toList();
      entries.add(answerEntry(each, own, now));
    }
    return entries;
  }

  /** The persons who are disclosed. */
  private static List<Commitments.Asked> asked(Given given) {
    ExchangeRequest request = given.request().payload();
    return given.answer().payload().refusal() != null
        ? List.of()
        : given.conclusion().persons().stream()
            .map(person -> GatewayLog.asked(request.to(), person, request.requestId()))
            .toList();
  }

  private static ExchangeEntry answerEntry(Given given, List<String> commitments, Instant now) {
    ExchangeAnswer answer = given.answer().payload();
    Refusal refusal = answer.refusal();
    ExchangeEntry entry =
        entry(Leg.ANSWER, given.request().payload(), now)
            .outcome(answer.outcome().wireName(), refusal == null ? null : refusal.rule())
            .digest(given.answer().digest());
    if (refusal != null) {
      return entry;
    }
    Duration delay = given.conclusion().visibilityDelay();
    return entry.disclosed(answer.count(), commitments, delay.isZero() ? null : now.plus(delay));
  }

  /** An entry on a request. */
  static ExchangeEntry entry(Leg leg, ExchangeRequest asked, Instant now) {
    return ExchangeEntry.of(
        leg, asked.requestId(), now, asked.question(), asked.officer(), asked.legalBasis());
  }
}
