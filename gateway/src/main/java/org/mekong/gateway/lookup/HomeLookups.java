package org.mekong.gateway.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import org.mekong.gateway.agreement.Decision;
import org.mekong.gateway.exchange.answering.OwnRegister;
import org.mekong.gateway.exchange.answering.OwnRegister.OwnAnswer;
import org.mekong.gateway.http.OutageLog;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.register.RegisterUnavailable;
import org.mekong.log.Receipt;

/**
 * The part of a lookup that is other where our own register is asked: nobody else signs and logs,
 * so that the one answer leg tells also whom it is about, and is the receipt.
 */
@ApplicationScoped
class HomeLookups {

  private static final OutageLog OUTAGES = new OutageLog(HomeLookups.class);

  private final OwnRegister register;
  private final LookupJournal journal;

  @Inject
  HomeLookups(OwnRegister register, LookupJournal journal) {
    this.register = register;
    this.journal = journal;
  }

  /**
   * Asks the register and passes on what it answers.
   *
   * @param sent where the request is logged
   * @param until when the answer is of no use any more
   * @param keyed whether it has a key
   * @throws io.quarkiverse.resteasy.problem.HttpProblem for everything but an answer
   */
  LookupAnswer ask(
      SignedMessage<ExchangeRequest> request,
      EntryReference sent,
      Decision.Allowed terms,
      Instant until,
      boolean keyed)
      throws SQLException {
    OwnAnswer given;
    try {
      given = register.ask(request, terms, sent, until);
    } catch (RegisterUnavailable e) {
      OUTAGES.told(request.payload().requestId(), "our register", LookupProblem.NO_REGISTER, e);
      journal.failed(request.payload(), LookupProblem.NO_REGISTER);
      throw LookupProblem.noRegister();
    }
    ExchangeAnswer said = given.answer().payload();
    if (said.refusal() != null) {
      Receipt receipt = journal.answeredAtHome(request.payload(), given, null, keyed);
      throw LookupProblem.refused(said.refusal())
          .with("refusedBy", said.from())
          .with("signedAnswer", given.answer().compact())
          .with("receipt", receipt.proof())
          .build();
    }
    LookupAnswer toAgency =
        LookupAnswer.of(
            request,
            given.answer(),
            "",
            new LookupAnswer.Trace(sent, null, null, null, said.disclosure()));
    return toAgency.loggedAt(journal.answeredAtHome(request.payload(), given, toAgency, keyed));
  }
}
