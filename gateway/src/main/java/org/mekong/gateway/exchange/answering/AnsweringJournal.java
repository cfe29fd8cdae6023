package org.mekong.gateway.exchange.answering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
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
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.receipt.ExchangeEntry;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.receipt.Leg;
import org.mekong.gateway.storage.SharedTransactions;
import org.mekong.gateway.storage.Transactions;
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
  private final SharedTransactions<Given, PendingEntry> giving;

  @Inject
  AnsweringJournal(Transactions transactions, GatewayLog log, ExchangeConfig config, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.claim = config.claim();
    this.clock = clock;
    this.admitting = new SharedTransactions<>(transactions, this::admit);
    this.giving = new SharedTransactions<>(transactions, this::give);
  }

  /**
   * What was decided on a request.
   *
   * @param entry the logged request leg of a new one
   */
  record Admitted(Admission admission, @Nullable PendingEntry entry) {}

  private record Given(
      SignedMessage<ExchangeRequest> request,
      SignedMessage<ExchangeAnswer> answer,
      Deliberation.Conclusion conclusion) {}

  /** Admits a request; a new one is logged, and durable when this returns. */
  Admitted admit(SignedMessage<ExchangeRequest> request) throws SQLException {
    Admitted admitted = admitting.in(request);
    PendingEntry entry = admitted.entry();
    if (entry != null) {
      log.await(entry);
    }
    return admitted;
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
    return log.await(giving.in(new Given(request, answer, conclusion)));
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
    return log.await(
        transactions.in(
            connection -> {
              ReceivedRequests.uncount(connection, request, now);
              return log.appendAwaited(connection, entry);
            }));
  }

  /** The same without an entry. */
  void uncount(ExchangeRequest request) throws SQLException {
    transactions.in(
        connection -> {
          ReceivedRequests.uncount(connection, request, clock.instant());
          return true;
        });
  }

  private List<Admitted> admit(Connection connection, List<SignedMessage<ExchangeRequest>> requests)
      throws SQLException {
    Instant now = clock.instant();
    List<Admission> admissions =
        ReceivedRequests.admit(
            connection,
            requests.stream().map(each -> new Came(each.payload(), each.digest())).toList(),
            now,
            now.plus(claim));
    List<SignedMessage<ExchangeRequest>> fresh = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      if (admissions.get(i) instanceof Admission.New) {
        fresh.add(requests.get(i));
      }
    }
    Iterator<PendingEntry> entries = logRequests(connection, fresh, now).iterator();
    return admissions.stream()
        .map(each -> new Admitted(each, each instanceof Admission.New ? entries.next() : null))
        .toList();
  }

  private List<PendingEntry> logRequests(
      Connection connection, List<SignedMessage<ExchangeRequest>> fresh, Instant now)
      throws SQLException {
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<PendingEntry> entries =
        log.appendAwaited(
            connection,
            fresh.stream()
                .map(each -> entry(Leg.REQUEST, each.payload(), now).digest(each.digest()))
                .toList());
    List<ReceivedRequests.Logged> logged = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      logged.add(new ReceivedRequests.Logged(fresh.get(i).payload(), entries.get(i)));
    }
    ReceivedRequests.requestEntries(connection, logged);
    return entries;
  }

  private List<PendingEntry> give(Connection connection, List<Given> given) throws SQLException {
    Instant now = clock.instant();
    List<PendingEntry> entries =
        log.appendAwaited(connection, answerEntries(connection, given, now));
    List<ReceivedRequests.Answered> answered = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Given each = given.get(i);
      answered.add(
          new ReceivedRequests.Answered(
              each.request().payload(), each.answer().compact(), entries.get(i)));
    }
    if (ReceivedRequests.answer(connection, answered, now) != given.size()) {
      throw new SQLException("the request was answered by another replica");
    }
    return entries;
  }

  private List<ExchangeEntry> answerEntries(Connection connection, List<Given> given, Instant now)
      throws SQLException {
    List<Commitments.Asked> asked = given.stream().flatMap(each -> asked(each).stream()).toList();
    Iterator<String> commitments = log.commit(connection, asked).iterator();
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
