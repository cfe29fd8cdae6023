package org.mekong.gateway.exchange.answering;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.message.Subject;
import org.mekong.gateway.receipt.GatewayLog;
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
              null,
              read.disclosure(),
              requestEntry,
              null);
      case RegisterAnswer.Found found ->
          new ExchangeAnswer(
              asked.requestId(),
              request.digest(),
              now.getEpochSecond(),
              SignedMessage.nonce(),
              asked.to(),
              asked.from(),
              Outcome.ANSWERED,
              null,
              null,
              found.finding(),
              found.disclosure(),
              requestEntry,
              null);
      case RegisterAnswer.Refused(int status) ->
          refused(
              request,
              switch (status) {
                case 403 -> RequestCheck.notPermittedByRegister();
                case 409 -> RequestCheck.idReusedInRegister();
                default -> RequestCheck.notTakenByRegister();
              },
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
        null,
        requestEntry,
        refusal);
  }

  /**
   * Whom an answer is about: the number that was asked for, whether or not it is somebody's, or the
   * register's keys of those who were found.
   */
  static List<String> persons(ExchangeRequest asked, RegisterAnswer said) {
    Subject subject = asked.subject();
    if (said instanceof RegisterAnswer.Found found) {
      return found.persons().stream().map(GatewayLog::byKey).toList();
    }
    return subject == null ? List.of() : List.of(subject.personalNumber());
  }

  private static Outcome outcome(@Nullable Map<String, Object> person) {
    return person == null ? Outcome.NOT_AVAILABLE : Outcome.ANSWERED;
  }
}
