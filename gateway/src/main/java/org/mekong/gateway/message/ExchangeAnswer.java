package org.mekong.gateway.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an answer JWS ({@code typ} {@value #TYPE}). Members in snake case.
 *
 * @param requestId of the request
 * @param requestDigest base64url SHA-256 of the request's compact JWS: binds the answer to it
 * @param iat when it was signed, seconds since 1970
 * @param nonce 128 random bits, base64url: the salt of this message's digest
 * @param from nation that answers
 * @param to nation that asked
 * @param outcome how it was answered
 * @param answers to the predicates, in the order asked; where {@code verify} was answered
 * @param person the fields, where {@code read} was answered
 * @param finding who fits, where {@code match} or {@code search} was answered
 * @param disclosure the register's log entry of the disclosure, where the register was asked; of
 *     several persons the first one's
 * @param requestEntry this nation's log entry of the request
 * @param refusal where it was refused
 */
@JsonInclude(Include.NON_NULL)
public record ExchangeAnswer(
    UUID requestId,
    String requestDigest,
    long iat,
    String nonce,
    String from,
    String to,
    Outcome outcome,
    @Nullable List<PredicateAnswer> answers,
    @Nullable Map<String, Object> person,
    @Nullable Finding finding,
    @Nullable EntryReference disclosure,
    @Nullable EntryReference requestEntry,
    @Nullable Refusal refusal) {

  /** The {@code typ} of an answer JWS. */
  public static final String TYPE = "mekong-answer+jwt";

  public ExchangeAnswer {
    require(requestId != null, "request_id");
    require(requestDigest != null && requestDigest.length() == 43, "request_digest");
    require(iat > 0, "iat");
    require(nonce != null && nonce.length() == 22, "nonce");
    require(from != null && to != null, "from or to");
    require(outcome != null, "outcome");
    answers = answers == null ? null : List.copyOf(answers);
    require((outcome == Outcome.REFUSED) == (refusal != null), "refusal");
    require(
        outcome == Outcome.ANSWERED
            ? Stream.of(answers, person, finding).filter(Objects::nonNull).count() == 1
            : person == null
                && finding == null
                && (answers == null || outcome == Outcome.NOT_AVAILABLE),
        "answers, person or finding");
    require(outcome == Outcome.REFUSED || disclosure != null, "disclosure");
  }

  /** Persons of whom something was disclosed. */
  public int count() {
    if (finding != null) {
      return finding.shown().size();
    }
    boolean something =
        person != null
            || (answers != null && answers.stream().anyMatch(a -> !a.answer().equals("unknown")));
    return something ? 1 : 0;
  }

  private static void require(boolean condition, String member) {
    if (!condition) {
      throw new IllegalArgumentException(member + " is missing or is not as agreed");
    }
  }

  /** Names the outcome alone: the rest is personal data. */
  @Override
  public String toString() {
    return "ExchangeAnswer[" + requestId + ", " + outcome + "]";
  }
}
