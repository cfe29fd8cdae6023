package org.mekong.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.PredicateAnswer;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/**
 * Verifies a peer's answer. Pure: bytes and pinned keys in, a verified answer or the rule that
 * refused it out.
 */
final class AnswerCheck {

  private AnswerCheck() {}

  /** An answer with its log entry, both verified. */
  record Verified(SignedMessage<ExchangeAnswer> answer, String receipt, EntryReference entry) {}

  /**
   * Verifies an answer to a request.
   *
   * @param body JSON with the members {@code answer} and {@code receipt}; others are not read
   * @param keys pinned signing keys of the peer
   * @param logs pinned log keys of the peer
   * @param now our time
   * @param freshness how far the peer's clock may be ahead
   * @throws AnswerRefused naming the first rule that it breaks
   */
  static Verified verify(
      byte[] body,
      SignedMessage<ExchangeRequest> request,
      JWKSet keys,
      Policy logs,
      Instant now,
      Duration freshness)
      throws AnswerRefused {
    JsonNode reply = tree(body);
    SignedMessage<ExchangeAnswer> answer = signed(text(reply, "answer"), keys);
    bound(answer.payload(), request, now.plus(freshness));
    if (answer.payload().outcome() != Outcome.REFUSED) {
      fitting(answer.payload(), request.payload());
    }
    String receipt = text(reply, "receipt");
    return new Verified(answer, receipt, logged(receipt, answer, logs));
  }

  private static JsonNode tree(byte[] body) throws AnswerRefused {
    try {
      return StrictJson.mapper().readTree(body);
    } catch (IOException e) {
      throw new AnswerRefused("malformed", "the answer is not JSON");
    }
  }

  private static String text(JsonNode reply, String member) throws AnswerRefused {
    JsonNode value = reply.path(member);
    if (!value.isTextual()) {
      throw new AnswerRefused("malformed", "the answer has no " + member);
    }
    return value.textValue();
  }

  private static SignedMessage<ExchangeAnswer> signed(String compact, JWKSet keys)
      throws AnswerRefused {
    try {
      return SignedMessage.verify(compact, keys, ExchangeAnswer.TYPE, ExchangeAnswer.class);
    } catch (MessageRefused e) {
      throw switch (e.fault()) {
        case MALFORMED -> new AnswerRefused("malformed", e.getMessage());
        case SIGNATURE -> new AnswerRefused("signature", e.getMessage());
      };
    }
  }

  private static void bound(
      ExchangeAnswer answer, SignedMessage<ExchangeRequest> request, Instant latest)
      throws AnswerRefused {
    ExchangeRequest asked = request.payload();
    if (!answer.requestDigest().equals(request.digest())) {
      throw new AnswerRefused("digest", "the answer is bound to another request");
    }
    if (!answer.requestId().equals(asked.requestId())) {
      throw new AnswerRefused("request", "the answer is to another request");
    }
    if (!answer.from().equals(asked.to()) || !answer.to().equals(asked.from())) {
      throw new AnswerRefused("parties", "the answer is between other nations");
    }
    if (answer.iat() > latest.getEpochSecond()) {
      throw new AnswerRefused("clock", "the answer was signed in the future");
    }
  }

  private static void fitting(ExchangeAnswer answer, ExchangeRequest asked) throws AnswerRefused {
    Finding finding = answer.finding();
    boolean fits =
        switch (asked.kind()) {
          case VERIFY ->
              answer.person() == null && finding == null && names(answer).equals(asked.names());
          case READ ->
              answer.answers() == null
                  && finding == null
                  && (answer.person() == null
                      || Set.copyOf(asked.names()).containsAll(answer.person().keySet()));
          case MATCH, SEARCH -> finding != null && finding.fits(asked.kind(), asked.names());
        };
    if (!fits) {
      throw new AnswerRefused("content", "the answer holds something else than was asked");
    }
    if (asked.kind() != LookupKind.READ && answer.outcome() != Outcome.ANSWERED) {
      throw new AnswerRefused("content", "anything but a reading is answered or refused");
    }
  }

  private static List<String> names(ExchangeAnswer answer) {
    return answer.answers() == null
        ? List.of()
        : answer.answers().stream().map(PredicateAnswer::name).toList();
  }

  private static EntryReference logged(
      String receipt, SignedMessage<ExchangeAnswer> answer, Policy logs) throws AnswerRefused {
    try {
      VerifiedEntry verified = ProofVerifier.verify(receipt, logs);
      JsonNode entry = StrictJson.mapper().readTree(verified.entry());
      boolean same =
          entry.path("digest").asText().equals(answer.digest())
              && entry.path("request_id").asText().equals(answer.payload().requestId().toString())
              && entry.path("to").asText().equals(answer.payload().from())
              && entry.path("outcome").asText().equals(answer.payload().outcome().wireName());
      if (!same) {
        throw new AnswerRefused("receipt", "the receipt is of another entry");
      }
      return new EntryReference(verified.origin(), verified.index());
    } catch (ProofException | IOException e) {
      throw new AnswerRefused("receipt", "the receipt does not verify: " + e.getMessage());
    }
  }
}
