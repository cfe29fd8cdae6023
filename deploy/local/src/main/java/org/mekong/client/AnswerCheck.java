package org.mekong.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/**
 * Checks an answer as a court would: the answering country's signature, that it answers this very
 * question, and that it stands in the answering gateway's log. What is inside the signature counts;
 * the envelope is not trusted.
 */
public final class AnswerCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Profile.Loaded profile;
  private final Policy policy;

  private AnswerCheck(Profile.Loaded profile, Policy policy) {
    this.profile = profile;
    this.policy = policy;
  }

  /** A check by the keys that a profile pins. */
  public static AnswerCheck of(Profile.Loaded profile) throws IOException {
    return new AnswerCheck(profile, TrustPolicy.read(profile.file(profile.profile().policyFile())));
  }

  /**
   * Checks the answer to a question, now or when it was kept for years.
   *
   * @param envelope what the agency's own gateway answered
   * @throws AnswerInvalidException where anything of it does not hold
   */
  public CheckedAnswer check(Question question, JsonNode envelope)
      throws AnswerInvalidException, IOException {
    String signedRequest = text(envelope, "signedRequest");
    String signedAnswer = text(envelope, "signedAnswer");
    String receipt = text(envelope, "receipt");
    JsonNode answer = verify(signedAnswer, profile.answerKeys(question.country()));
    requireEqual("request_digest", text(answer, "request_digest"), digest(signedRequest));
    JsonNode request = payload(signedRequest);
    requireEqual("request_id", text(answer, "request_id"), text(request, "request_id"));
    requireEqual("from", text(answer, "from"), question.country());
    requireEqual("purpose", text(request, "purpose"), question.purpose());
    requireEqual("kind", text(request, "kind"), question.kind());
    requireEqual("officer", text(request, "officer"), question.officer());
    requireSamePerson(question, request);
    VerifiedEntry entry = verify(receipt);
    JsonNode logged = JSON.readTree(entry.entry());
    requireEqual("logged request_id", text(logged, "request_id"), text(answer, "request_id"));
    requireEqual("logged digest", text(logged, "digest"), digest(signedAnswer));
    return new CheckedAnswer(
        text(answer, "request_id"),
        text(answer, "outcome"),
        answers(question, answer),
        Optional.ofNullable(answer.get("person")),
        Optional.ofNullable(answer.get("finding")),
        receipt,
        new CheckedAnswer.LogEntry(entry.origin(), entry.index(), entry.treeSize()),
        envelope);
  }

  private static void requireSamePerson(Question question, JsonNode request)
      throws AnswerInvalidException {
    String number = question.personalNumber();
    JsonNode known = question.known();
    requireEqual(
        "subject",
        request.path("subject").path("personal_number").asText(),
        number == null ? "" : number);
    boolean same =
        known == null ? !request.has("known") : SnakeCase.of(known).equals(request.get("known"));
    if (!same) {
      throw new AnswerInvalidException("the answer belongs to another question: known differs");
    }
  }

  private static List<CheckedAnswer.Answer> answers(Question question, JsonNode answer)
      throws AnswerInvalidException {
    List<CheckedAnswer.Answer> answers = new ArrayList<>();
    for (JsonNode each : answer.path("answers")) {
      answers.add(new CheckedAnswer.Answer(text(each, "name"), text(each, "answer")));
    }
    List<String> asked = question.predicates().stream().map(Question.Predicate::name).toList();
    if (!answers.stream().map(CheckedAnswer.Answer::name).toList().equals(asked)) {
      throw new AnswerInvalidException(
          "the answer speaks of other statements than those that were asked");
    }
    return answers;
  }

  private static JsonNode verify(String jws, JWKSet keys) throws AnswerInvalidException {
    try {
      JWSObject signed = JWSObject.parse(jws);
      JWK key = keys.getKeyByKeyId(signed.getHeader().getKeyID());
      boolean expected =
          JWSAlgorithm.ES256.equals(signed.getHeader().getAlgorithm())
              && new JOSEObjectType("mekong-answer+jwt").equals(signed.getHeader().getType());
      if (!(key instanceof ECKey ec) || !expected) {
        throw new AnswerInvalidException(
            "the answer is not signed by a key that this profile pins for the country");
      }
      if (!signed.verify(new ECDSAVerifier(ec))) {
        throw new AnswerInvalidException("the signature of the answer does not hold");
      }
      return JSON.readTree(signed.getPayload().toString());
    } catch (ParseException | JOSEException | com.fasterxml.jackson.core.JacksonException e) {
      throw new AnswerInvalidException(
          "the answer is not a signed statement: " + e.getMessage(), e);
    }
  }

  private VerifiedEntry verify(String receipt) throws AnswerInvalidException {
    try {
      return ProofVerifier.verify(receipt, policy);
    } catch (ProofException e) {
      throw new AnswerInvalidException("the receipt does not hold: " + e.getMessage(), e);
    }
  }

  private static JsonNode payload(String jws) throws AnswerInvalidException {
    try {
      return JSON.readTree(JWSObject.parse(jws).getPayload().toString());
    } catch (ParseException | com.fasterxml.jackson.core.JacksonException e) {
      throw new AnswerInvalidException("the request that came back is not readable", e);
    }
  }

  private static String digest(String jws) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(jws.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(JsonNode node, String member) throws AnswerInvalidException {
    JsonNode value = node.get(member);
    if (value == null || !value.isTextual()) {
      throw new AnswerInvalidException("the answer lacks " + member);
    }
    return value.asText();
  }

  private static void requireEqual(String what, String actual, String expected)
      throws AnswerInvalidException {
    if (!actual.equals(expected)) {
      throw new AnswerInvalidException(
          "the answer belongs to another question: " + what + " differs");
    }
  }
}
