package org.mekong.gateway.exchange.answering;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.register.RegisterAnswer;

/** Makes answers to a request, bound to it by its digest. Pure but for the nonce. */
final class Answers {

  private Answers() {}

  /** The answer that passes on what the register said. */
  static ExchangeAnswer of(
      SignedMessage<ExchangeRequest> request,
      RegisterAnswer said,
      EntryReference requestEntry,
      Instant now) {
    ExchangeRequest asked = request.payload();
    return switch (said) {
      case RegisterAnswer.Verified verified ->
          new ExchangeAnswer(
              asked.requestId(),
              request.digest(),
              now.getEpochSecond(),
              SignedMessage.nonce(),
              asked.to(),
              asked.from(),
              Outcome.ANSWERED,
              verified.answers(),
              null,
              verified.disclosure(),
              requestEntry,
              null);
      case RegisterAnswer.Read read ->
          new ExchangeAnswer(
              asked.requestId(),
              request.digest(),
              now.getEpochSecond(),
              SignedMessage.nonce(),
              asked.to(),
              asked.from(),
              outcome(read.person()),
              null,
              read.person(),
              read.disclosure(),
              requestEntry,
              null);
      case RegisterAnswer.Refused(int status) ->
          refused(
              request,
              status == 403
                  ? RequestCheck.notPermittedByRegister()
                  : RequestCheck.notTakenByRegister(),
              asked.to(),
              requestEntry,
              now);
    };
  }

  /** The answer that refuses. */
  static ExchangeAnswer refused(
      SignedMessage<ExchangeRequest> request,
      Refusal refusal,
      String self,
      @Nullable EntryReference requestEntry,
      Instant now) {
    ExchangeRequest asked = request.payload();
    return new ExchangeAnswer(
        asked.requestId(),
        request.digest(),
        now.getEpochSecond(),
        SignedMessage.nonce(),
        self,
        asked.from(),
        Outcome.REFUSED,
        null,
        null,
        null,
        requestEntry,
        refusal);
  }

  /** Persons of whom something was disclosed: 0 or 1. */
  static int count(ExchangeAnswer answer) {
    boolean something =
        answer.person() != null
            || (answer.answers() != null
                && answer.answers().stream().anyMatch(a -> !a.answer().equals("unknown")));
    return something ? 1 : 0;
  }

  private static Outcome outcome(@Nullable Map<String, Object> person) {
    return person == null ? Outcome.NOT_AVAILABLE : Outcome.ANSWERED;
  }
}
