package org.mekong.gateway.exchange.answering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.register.Register;
import org.mekong.gateway.register.RegisterAnswer;
import org.mekong.gateway.register.RegisterUnavailable;

/**
 * Answers this nation's own agencies as a peer would be answered: by the register, no more than was
 * asked, signed and bound to the request.
 */
@ApplicationScoped
public class OwnRegister {

  private final Register register;
  private final ExchangeKey key;
  private final Clock clock;

  @Inject
  OwnRegister(Register register, ExchangeKey key, Clock clock) {
    this.register = register;
    this.key = key;
    this.clock = clock;
  }

  /**
   * The answer of this nation's register to one of its own agencies, not yet logged.
   *
   * @param answer signed by this gateway
   * @param persons whom it is about: numbers, or the register's keys as the log commits to them
   * @param visibleAfter when the persons may see it; null for at once
   * @param elapsed the register's time
   */
  public record OwnAnswer(
      SignedMessage<ExchangeAnswer> answer,
      List<String> persons,
      @Nullable Instant visibleAfter,
      Duration elapsed) {

    public OwnAnswer {
      persons = List.copyOf(persons);
    }

    /** Names the answer alone: the rest is personal data. */
    @Override
    public String toString() {
      return "OwnAnswer[" + answer + "]";
    }
  }

  /**
   * Asks the register.
   *
   * @param request signed by this gateway, of this nation to itself
   * @param terms of this nation's agreement with itself
   * @param requestEntry where the request is logged
   * @param until when the answer is of no use any more
   * @throws RegisterUnavailable when there is no answer that may be passed on
   */
  public OwnAnswer ask(
      SignedMessage<ExchangeRequest> request,
      Decision.Allowed terms,
      EntryReference requestEntry,
      Instant until)
      throws RegisterUnavailable {
    Instant start = clock.instant();
    @Nullable Instant visibleAfter =
        terms.visibilityDelay().isZero() ? null : start.plus(terms.visibilityDelay());
    ExchangeRequest asked = request.payload();
    String legalBasis = Objects.requireNonNull(terms.legalBasis().get(asked.to()));
    RegisterAnswer said = register.ask(asked, legalBasis, visibleAfter, until);
    Instant end = clock.instant();
    ExchangeAnswer answer = Answers.of(request, said, requestEntry, end);
    return new OwnAnswer(
        SignedMessage.sign(key.key(), ExchangeAnswer.TYPE, answer),
        answer.refusal() == null ? Answers.persons(asked, said) : List.of(),
        visibleAfter,
        Duration.between(start, end));
  }
}
