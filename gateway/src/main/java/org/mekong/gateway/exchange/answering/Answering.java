package org.mekong.gateway.exchange.answering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.exchange.ExchangeConfig;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.exchange.guard.PeerGuards;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.peer.Peer;
import org.mekong.gateway.quota.Taking;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.receipt.Leg;
import org.mekong.gateway.register.RegisterUnavailable;
import org.mekong.gateway.storage.Transactions;
import org.mekong.log.LogException;
import org.mekong.log.PendingEntry;

/**
 * Answers a peer's request: once, after it is logged, with an answer that is logged before it
 * leaves. A repeat of the identical request gets the first answer; a crash in the middle leaves the
 * request to be taken over by its repeat.
 */
@ApplicationScoped
public class Answering {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Transactions transactions;
  private final GatewayLog log;
  private final Deliberation deliberation;
  private final ExchangeKey key;
  private final ExchangeConfig config;

  @Inject RefusedMessages refusals;
  @Inject PeerGuards guards;
  @Inject Clock clock;
  @Inject AnsweringJournal journal;

  @ConfigProperty(name = "mekong.nation")
  String self;

  @Inject
  public Answering(
      Transactions transactions,
      GatewayLog log,
      Deliberation deliberation,
      ExchangeKey key,
      ExchangeConfig config) {
    this.transactions = transactions;
    this.log = log;
    this.deliberation = deliberation;
    this.key = key;
    this.config = config;
  }

  /**
   * Answers, or refuses with a signed and logged refusal.
   *
   * @param peer whose certificate the caller showed
   * @param compact what it sent
   * @param until when its answer is of no use any more
   * @throws MessageRefused when it is no message of this peer; logged, but not answered with a
   *     signature
   * @throws NoAnswerNow when there is no answer now; the same request may be sent again
   */
  ExchangeReply answer(Peer peer, String compact, Instant until)
      throws MessageRefused, NoAnswerNow {
    SignedMessage<ExchangeRequest> request = verified(peer, compact);
    if (request.payload().expires() == null) {
      guards.signed(peer.nation(), request.payload().iat());
    }
    try {
      return answer(peer, request, until);
    } catch (SQLException | LogException e) {
      throw new NoAnswerNow("exchange/database", "the gateway's database does not answer", e);
    } catch (RegisterUnavailable e) {
      throw new NoAnswerNow("register/unavailable", String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Logs that a peer sent something that is no message.
   *
   * @throws NoAnswerNow when such things come in a flood
   */
  void unreadable(Peer peer, String rule) throws NoAnswerNow {
    refusals.unreadable(peer.nation(), rule);
  }

  private ExchangeReply answer(Peer peer, SignedMessage<ExchangeRequest> request, Instant until)
      throws SQLException, RegisterUnavailable, NoAnswerNow {
    if (!log.standing().mayServeAbroad()) {
      throw new NoAnswerNow("log/uncosigned", "the log of this gateway waits for its witnesses");
    }
    Optional<Refusal> unfit = RequestCheck.addressed(request.payload(), peer.nation(), self);
    if (unfit.isEmpty()) {
      unfit = RequestCheck.fresh(request.payload(), clock.instant(), config.freshness());
      if (unfit.isPresent() && known(request)) {
        unfit = Optional.empty(); // a repeat may come late
      }
    }
    if (unfit.isPresent()) {
      return refuseOutside(peer, request, unfit.get());
    }
    Instant claimed = clock.instant().plus(config.claim());
    Instant patience = until.isBefore(claimed) ? until : claimed;
    for (boolean again = false; ; again = true) {
      AnsweringJournal.Admitted admitted = journal.admit(request, again);
      switch (admitted.admission()) {
        case Admission.New ignored -> {
          return answerNow(request, admitted.logged(), false, until);
        }
        case Admission.TakenOver taken -> {
          EntryReference logged = EntryReference.of(log.await(taken.requestEntry()));
          return answerNow(request, logged, taken.counted(), until);
        }
        case Admission.Answered answered -> {
          return repeat(answered);
        }
        case Admission.Expired ignored -> {
          return refuseOutside(peer, request, RequestCheck.expired());
        }
        case Admission.Replayed ignored -> {
          return refuseOutside(peer, request, RequestCheck.replayed());
        }
        case Admission.InProgress ignored -> pause(patience);
      }
    }
  }

  private ExchangeReply answerNow(
      SignedMessage<ExchangeRequest> request,
      @Nullable EntryReference logged,
      boolean counted,
      Instant until)
      throws SQLException, RegisterUnavailable, NoAnswerNow {
    boolean answered = false;
    try {
      Deliberation.Conclusion conclusion = deliberation.conclude(request, self, counted, until);
      ExchangeAnswer answer = conclusion.answer(logged, clock.instant());
      Optional<Taking.Exhausted> exhausted = conclusion.exhausted();
      ExchangeReply reply =
          exhausted.isPresent()
              ? postpone(request, answer, exhausted.get())
              : give(request, answer, conclusion);
      answered = true;
      return reply;
    } finally {
      if (!answered) {
        release(request.payload());
      }
    }
  }

  /**
   * Refuses for now: the refusal is signed and logged, but it is not the answer. The same request
   * may come again, and is counted then.
   */
  private ExchangeReply postpone(
      SignedMessage<ExchangeRequest> request, ExchangeAnswer answer, Taking.Exhausted exhausted)
      throws SQLException, NoAnswerNow {
    Refusal refusal = exhausted.refusal();
    if (request.payload().expires() != null) { // its asker comes again by itself, and often
      journal.uncount(request.payload());
      throw NoAnswerNow.postponed(
          refusal.rule(),
          "a quota is used up, and this request can come again",
          exhausted.retryAfter());
    }
    SignedMessage<ExchangeAnswer> signed =
        SignedMessage.sign(key.key(), ExchangeAnswer.TYPE, answer);
    return new ExchangeReply(
        signed.compact(),
        journal.postpone(request.payload(), signed, refusal.rule()).proof(),
        Optional.of(refusal),
        exhausted.retryAfter());
  }

  /** Stores and logs the answer in one transaction, then waits for the receipt. */
  private ExchangeReply give(
      SignedMessage<ExchangeRequest> request,
      ExchangeAnswer answer,
      Deliberation.Conclusion conclusion)
      throws SQLException {
    SignedMessage<ExchangeAnswer> signed =
        SignedMessage.sign(key.key(), ExchangeAnswer.TYPE, answer);
    return new ExchangeReply(
        signed.compact(),
        journal.give(request, signed, conclusion).proof(),
        Optional.ofNullable(answer.refusal()));
  }

  private ExchangeReply repeat(Admission.Answered answered) throws NoAnswerNow {
    try {
      SignedMessage<ExchangeAnswer> first =
          key.own(answered.answer(), ExchangeAnswer.TYPE, ExchangeAnswer.class);
      return new ExchangeReply(
          answered.answer(),
          log.await(answered.answerEntry()).proof(),
          Optional.ofNullable(first.payload().refusal()));
    } catch (MessageRefused e) {
      throw new NoAnswerNow(
          "exchange/first-key", "the first answer was signed with a key that is gone", e);
    }
  }

  /** Refuses a request that is not admitted: logged under a leg of its own, signed, not stored. */
  private ExchangeReply refuseOutside(
      Peer peer, SignedMessage<ExchangeRequest> request, Refusal refusal)
      throws SQLException, NoAnswerNow {
    ExchangeRequest asked = request.payload();
    refusals.count(peer.nation(), refusal.rule());
    SignedMessage<ExchangeAnswer> signed =
        SignedMessage.sign(
            key.key(),
            ExchangeAnswer.TYPE,
            Answers.refused(request, refusal, self, null, clock.instant()));
    PendingEntry entry =
        transactions.in(
            connection ->
                log.appendAwaited(
                    connection,
                    AnsweringJournal.entry(Leg.REFUSAL, asked, clock.instant())
                        .receivedBy(self)
                        .outcome("refused", refusal.rule())
                        .digest(signed.digest())));
    return new ExchangeReply(signed.compact(), log.await(entry).proof(), Optional.of(refusal));
  }

  private SignedMessage<ExchangeRequest> verified(Peer peer, String compact)
      throws MessageRefused, NoAnswerNow {
    try {
      return SignedMessage.verify(
          compact, peer.keys(), ExchangeRequest.TYPE, ExchangeRequest.class);
    } catch (MessageRefused e) {
      String rule =
          switch (e.fault()) {
            case MALFORMED -> "exchange/malformed";
            case SIGNATURE -> "exchange/signature";
          };
      refusals.unreadable(peer.nation(), rule);
      throw e;
    }
  }

  private boolean known(SignedMessage<ExchangeRequest> request) throws SQLException {
    return transactions.in(
        connection -> ReceivedRequests.knows(connection, request.payload(), request.digest()));
  }

  private void release(ExchangeRequest asked) throws SQLException {
    transactions.in(
        connection -> {
          ReceivedRequests.claim(connection, asked, clock.instant());
          return true;
        });
  }

  private void pause(Instant patience) throws NoAnswerNow {
    if (clock.instant().isAfter(patience)) {
      throw new NoAnswerNow(
          "exchange/in-progress", "the first copy of this request is still being answered");
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerNow("exchange/interrupted", "interrupted", e);
    }
  }
}
