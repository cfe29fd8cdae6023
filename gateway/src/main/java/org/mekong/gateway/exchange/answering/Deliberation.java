package org.mekong.gateway.exchange.answering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.Agreement;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.Asynchronous;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.quota.Asker;
import org.mekong.gateway.quota.Quotas;
import org.mekong.gateway.quota.Taking;
import org.mekong.gateway.register.Register;
import org.mekong.gateway.register.RegisterAnswer;
import org.mekong.gateway.register.RegisterUnavailable;

/** Finds the answer to an admitted request: by our own copy of the agreement, then the register. */
@ApplicationScoped
class Deliberation {

  private final AgreementBook agreements;
  private final Quotas quotas;
  private final Register register;
  private final Clock clock;

  @Inject
  Deliberation(AgreementBook agreements, Quotas quotas, Register register, Clock clock) {
    this.agreements = agreements;
    this.quotas = quotas;
    this.register = register;
    this.clock = clock;
  }

  /** What will be answered, once it is known where the request stands in the log. */
  interface Conclusion {

    /** The answer, not yet signed. */
    ExchangeAnswer answer(@Nullable EntryReference requestEntry, Instant now);

    /** Whom it is about: numbers, or the register's keys as the log commits to them. */
    List<String> persons();

    /** How long the disclosure stays invisible to the person. */
    Duration visibilityDelay();

    /** The quota that refuses for now; empty where the answer is the last word. */
    default Optional<Taking.Exhausted> exhausted() {
      return Optional.empty();
    }
  }

  /**
   * Decides and asks the register where the agreement allows.
   *
   * @param counted whether somebody has taken this request from the quotas before
   * @param until when the answer is of no use any more
   * @throws RegisterUnavailable when the register does not answer by then
   * @throws SQLException when the quotas cannot be counted
   */
  Conclusion conclude(
      SignedMessage<ExchangeRequest> request, String self, boolean counted, Instant until)
      throws RegisterUnavailable, SQLException {
    ExchangeRequest asked = request.payload();
    Optional<Agreement> agreement = agreements.find(asked.agreement());
    if (agreement.isEmpty()) {
      return refused(request, RequestCheck.unknownAgreement(asked), self);
    }
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Optional<Decision> decision = agreements.decide(asked.agreement(), asked.question(), day);
    return switch (decision.orElseThrow()) {
      case Decision.Refused decided -> refused(request, refusal(decided), self);
      case Decision.Allowed terms -> {
        Optional<Decision.Refused> waited = waited(agreement.get(), asked);
        yield waited.isEmpty()
            ? counted(request, terms, self, counted, until)
            : refused(request, refusal(waited.get()), self);
      }
    };
  }

  private Conclusion counted(
      SignedMessage<ExchangeRequest> request,
      Decision.Allowed terms,
      String self,
      boolean counted,
      Instant until)
      throws RegisterUnavailable, SQLException {
    ExchangeRequest asked = request.payload();
    Asker asker = Asker.of(asked.from(), asked.agency());
    Taking taking =
        counted ? new Taking.Given() : quotas.take(asker, asked.purpose(), asked.to(), terms);
    return switch (taking) {
      case Taking.Given ignored -> disclosed(request, terms, self, until);
      case Taking.Exhausted exhausted -> refused(request, exhausted.refusal(), self, exhausted);
    };
  }

  /** The refusal of a request that names a later end than our copy of the agreement allows. */
  private static Optional<Decision.Refused> waited(Agreement agreement, ExchangeRequest asked) {
    Long expires = asked.expires();
    return expires == null
        ? Optional.empty()
        : Asynchronous.refusal(
            agreement, asked.purpose(), Duration.ofSeconds(expires - asked.iat()));
  }

  private static Refusal refusal(Decision.Refused decided) {
    return new Refusal(decided.rule(), 403, decided.detail(), decided.action());
  }

  private Conclusion disclosed(
      SignedMessage<ExchangeRequest> request, Decision.Allowed terms, String self, Instant until)
      throws RegisterUnavailable {
    Duration delay = terms.visibilityDelay();
    RegisterAnswer said =
        register.ask(
            request.payload(),
            terms.legalBasis().get(self),
            delay.isZero() ? null : clock.instant().plus(delay),
            until);
    return new Conclusion() {
      @Override
      public ExchangeAnswer answer(@Nullable EntryReference requestEntry, Instant now) {
        return Answers.of(request, said, requestEntry, now);
      }

      @Override
      public List<String> persons() {
        return Answers.persons(request.payload(), said);
      }

      @Override
      public Duration visibilityDelay() {
        return delay;
      }
    };
  }

  private static Conclusion refused(
      SignedMessage<ExchangeRequest> request, Refusal refusal, String self) {
    return refused(request, refusal, self, null);
  }

  private static Conclusion refused(
      SignedMessage<ExchangeRequest> request,
      Refusal refusal,
      String self,
      Taking.@Nullable Exhausted exhausted) {
    return new Conclusion() {
      @Override
      public ExchangeAnswer answer(@Nullable EntryReference requestEntry, Instant now) {
        return Answers.refused(request, refusal, self, requestEntry, now);
      }

      @Override
      public List<String> persons() {
        return List.of();
      }

      @Override
      public Duration visibilityDelay() {
        return Duration.ZERO;
      }

      @Override
      public Optional<Taking.Exhausted> exhausted() {
        return Optional.ofNullable(exhausted);
      }
    };
  }
}
