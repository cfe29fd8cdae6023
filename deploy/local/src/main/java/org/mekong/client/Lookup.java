package org.mekong.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Asks a question at the gateway of the agency's own country and checks what comes back. */
public final class Lookup {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AgencySession session;
  private final URI gateway;
  private final AnswerCheck check;

  public Lookup(Profile.Loaded profile) throws IOException {
    this.session = AgencySession.of(profile);
    this.gateway = profile.profile().gateway();
    this.check = AnswerCheck.of(profile);
  }

  /** What came of a question. */
  public sealed interface Outcome {
    /** An answer whose signature, binding and receipt hold. */
    record Answered(CheckedAnswer answer) implements Outcome {}

    /** A refusal: the problem document that the gateway gave (RFC 9457). */
    record Refused(int status, JsonNode problem) implements Outcome {}
  }

  /**
   * Asks.
   *
   * @throws TokenRefusedException where the identity-service gives no token for this question
   * @throws AnswerInvalidException where the answer does not hold: it must not be used
   */
  public Outcome ask(Question question)
      throws IOException, InterruptedException, TokenRefusedException, AnswerInvalidException {
    DPoPAccessToken token =
        session.token("lookup", gateway, List.of(question.authorizationDetail()));
    HttpResponse<String> response =
        session.send(
            "POST",
            gateway.resolve("/v1/lookups"),
            token,
            JSON.writeValueAsString(question.body()));
    JsonNode body = parse(response.body());
    if (response.statusCode() != 200) {
      return new Outcome.Refused(response.statusCode(), body);
    }
    return new Outcome.Answered(check.check(question, body));
  }

  /**
   * Fetches the evidence on a question that was asked before, to be kept: one file that anybody
   * verifies offline.
   *
   * @return empty where the gateway has none for this agency, or no longer
   */
  public Optional<String> evidence(Question question, String requestId)
      throws IOException, InterruptedException, TokenRefusedException {
    DPoPAccessToken token =
        session.token("lookup", gateway, List.of(question.authorizationDetail()));
    HttpResponse<String> response =
        session.send("GET", gateway.resolve("/v1/evidence/" + requestId), token, null);
    return switch (response.statusCode()) {
      case 200 -> Optional.of(response.body());
      case 404 -> Optional.empty();
      default -> throw new IOException(gateway + " answered " + response.statusCode());
    };
  }

  private JsonNode parse(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException(gateway + " answered something that is not JSON", e);
    }
  }
}
