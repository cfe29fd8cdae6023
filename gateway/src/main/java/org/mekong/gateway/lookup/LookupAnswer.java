package org.mekong.gateway.lookup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.PredicateAnswer;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.log.Receipt;

/**
 * The answer to an agency, with the evidence for it.
 *
 * @param requestId the same in both nations
 * @param country which answered
 * @param kind as asked
 * @param purpose as asked
 * @param agreement what it was asked under
 * @param outcome answered or not available
 * @param answers to the predicates, in the order asked
 * @param person the fields that were asked for and are known
 * @param finding who fits, of a match or a search
 * @param signedRequest compact JWS of the asking gateway
 * @param signedAnswer compact JWS of the answering gateway
 * @param receipt proof that the answering gateway's log holds the answer, c2sp.org/tlog-proof; of
 *     our own register's answer that is our own log
 * @param trace where both nations logged it
 */
@JsonInclude(Include.NON_NULL)
public record LookupAnswer(
    UUID requestId,
    String country,
    LookupKind kind,
    String purpose,
    AgreementReference agreement,
    Outcome outcome,
    @Nullable List<PredicateAnswer> answers,
    @Nullable Map<String, Object> person,
    @Nullable Finding finding,
    String signedRequest,
    String signedAnswer,
    String receipt,
    Trace trace) {

  /**
   * Where the legs stand.
   *
   * @param request in our log
   * @param answer in our log
   * @param peerRequest in the answering gateway's log
   * @param peerAnswer in the answering gateway's log
   * @param disclosure in the answering register's log
   */
  @JsonInclude(Include.NON_NULL)
  public record Trace(
      @Nullable EntryReference request,
      @Nullable EntryReference answer,
      @Nullable EntryReference peerRequest,
      @Nullable EntryReference peerAnswer,
      @Nullable EntryReference disclosure) {}

  /**
   * The answer to a request.
   *
   * @param receipt empty where our own log gives it
   */
  static LookupAnswer of(
      SignedMessage<ExchangeRequest> request,
      SignedMessage<ExchangeAnswer> answer,
      String receipt,
      Trace trace) {
    ExchangeRequest asked = request.payload();
    ExchangeAnswer said = answer.payload();
    return new LookupAnswer(
        asked.requestId(),
        said.from(),
        asked.kind(),
        asked.purpose(),
        asked.agreement(),
        said.outcome(),
        said.answers(),
        said.person(),
        said.finding(),
        request.compact(),
        answer.compact(),
        receipt,
        trace);
  }

  /** The same with the place of our own answer leg, known once it is logged. */
  LookupAnswer loggedAt(Receipt entry) {
    return new LookupAnswer(
        requestId,
        country,
        kind,
        purpose,
        agreement,
        outcome,
        answers,
        person,
        finding,
        signedRequest,
        signedAnswer,
        receipt.isEmpty() ? entry.proof() : receipt,
        new Trace(
            trace.request(),
            EntryReference.of(entry),
            trace.peerRequest(),
            trace.peerAnswer(),
            trace.disclosure()));
  }

  /** Names the outcome alone: the rest is personal data. */
  @Override
  public String toString() {
    return "LookupAnswer[" + requestId + ", " + outcome + "]";
  }
}
