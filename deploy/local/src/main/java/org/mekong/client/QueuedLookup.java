package org.mekong.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question without waiting at the gateway, which queues it until the other country answers,
 * and checks the answer when it is there. Whoever asks again for the answer says the question
 * again: nothing of it is kept here.
 */
public final class QueuedLookup {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AgencySession session;
  private final URI gateway;
  private final AnswerCheck check;

  public QueuedLookup(Profile.Loaded profile) throws IOException {
    this.session = AgencySession.of(profile);
    this.gateway = profile.profile().gateway();
    this.check = AnswerCheck.of(profile);
  }

  /** How a queued question stands. */
  public sealed interface Standing {
    /**
     * There is no outcome yet.
     *
     * @param id of the operation
     * @param attempts that were begun
     * @param failure rule of the last attempt that brought nothing
     * @param pause after which it is worth looking again
     */
    record Pending(String id, int attempts, Optional<String> failure, Duration pause)
        implements Standing {}

    /** It has come to its end. */
    record Final(Lookup.Outcome outcome) implements Standing {}
  }

  /**
   * Queues a question.
   *
   * @param deadline after which the answer is of no use; as late as the agreement allows where null
   * @param key the same key and question are the same operation
   */
  public Standing queue(Question question, @Nullable Duration deadline, UUID key)
      throws IOException, InterruptedException, TokenRefusedException, AnswerInvalidException {
    Map<String, Object> body = new LinkedHashMap<>(question.body());
    if (deadline != null) {
      body.put("deadline", deadline.toString());
    }
    return standing(
        question,
        send(
            question,
            "POST",
            "/v1/lookups",
            Map.of(
                "Content-Type",
                "application/json",
                "Prefer",
                "respond-async",
                "Idempotency-Key",
                key.toString()),
            HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Looks at a question that was queued before. */
  public Standing look(Question question, String operation)
      throws IOException, InterruptedException, TokenRefusedException, AnswerInvalidException {
    return standing(
        question,
        send(
            question,
            "GET",
            "/v1/operations/" + operation,
            Map.of(),
            HttpRequest.BodyPublishers.noBody()));
  }

  private HttpResponse<String> send(
      Question question,
      String method,
      String path,
      Map<String, String> headers,
      HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException, TokenRefusedException {
    DPoPAccessToken token =
        session.token("lookup", gateway, List.of(question.authorizationDetail()));
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Accept", "application/json, application/problem+json");
    return session.send(
        method, gateway.resolve(path), token, all, body, HttpResponse.BodyHandlers.ofString());
  }

  private Standing standing(Question question, HttpResponse<String> response)
      throws IOException, InterruptedException, TokenRefusedException, AnswerInvalidException {
    JsonNode operation = parse(response.body());
    if (response.statusCode() != 200 && response.statusCode() != 202) {
      return new Standing.Final(new Lookup.Outcome.Refused(response.statusCode(), operation));
    }
    boolean pending = operation.path("state").asText().equals("pending");
    if (!pending && response.statusCode() == 202) {
      return look(question, operation.path("id").asText()); // queued before, under the same key
    }
    if (pending) {
      return new Standing.Pending(
          operation.path("id").asText(),
          operation.path("attempts").asInt(),
          Optional.ofNullable(operation.get("failure")).map(JsonNode::asText),
          Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
    }
    if (operation.has("answer")) {
      return new Standing.Final(
          new Lookup.Outcome.Answered(check.check(question, operation.get("answer"))));
    }
    JsonNode problem = operation.path("problem");
    return new Standing.Final(
        problem.isObject()
            ? new Lookup.Outcome.Refused(problem.path("status").asInt(), problem)
            : new Lookup.Outcome.Refused(410, ended(operation.path("state").asText())));
  }

  private static JsonNode ended(String state) {
    return JSON.createObjectNode()
        .put("title", "There is no outcome to fetch")
        .put("detail", "The operation is " + state + ", and what it held is erased or never was.")
        .put("action", "Ask anew if the answer is still needed.");
  }

  private JsonNode parse(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException(gateway + " answered something that is not JSON", e);
    }
  }
}
