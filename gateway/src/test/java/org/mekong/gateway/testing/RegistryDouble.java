package org.mekong.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.mekong.gateway.json.StrictJson;

/** The register of Viet Nam as far as a gateway sees it. */
public final class RegistryDouble {

  /** How it behaves. */
  public enum Mood {
    WELL,
    UNKNOWN_PERSON,
    BROKEN,
    CHOOSY,
    STRICT,
    SHUT,
    TALKATIVE
  }

  private final SecureServer server;
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WELL;
  private volatile long delayMillis;

  public RegistryDouble(SSLContext context) {
    this.server = new SecureServer(context, this::handle);
  }

  public URI url() {
    return server.url();
  }

  /** The questions that came, in order. */
  public List<JsonNode> asked() {
    return asked;
  }

  public void reset() {
    mood = Mood.WELL;
    delayMillis = 0;
    asked.clear();
  }

  public void mood(Mood newMood) {
    mood = newMood;
  }

  public void delay(long millis) {
    delayMillis = millis;
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode question = StrictJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
    asked.add(question);
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    boolean verify = exchange.getRequestURI().getPath().equals("/v1/verifications");
    switch (mood) {
      case BROKEN -> SecureServer.answer(exchange, 500, "application/problem+json", new byte[0]);
      case CHOOSY -> SecureServer.answer(exchange, 422, "application/problem+json", new byte[0]);
      case STRICT ->
          SecureServer.answer(
              exchange,
              403,
              "application/problem+json",
              problem("urn:mekong:problem:not-permitted"));
      case SHUT ->
          SecureServer.answer(
              exchange, 403, "application/problem+json", problem("urn:mekong:problem:forbidden"));
      default ->
          SecureServer.answer(
              exchange,
              200,
              "application/json",
              StrictJson.mapper().writeValueAsBytes(verify ? verified(question) : read(question)));
    }
  }

  private static byte[] problem(String type) throws IOException {
    return StrictJson.mapper()
        .writeValueAsBytes(StrictJson.mapper().createObjectNode().put("type", type));
  }

  private ObjectNode verified(JsonNode question) {
    ObjectNode answer = disclosure();
    var answers = answer.putArray("answers");
    for (JsonNode predicate : question.path("predicates")) {
      answers
          .addObject()
          .put("name", predicate.path("name").asText())
          .put("answer", mood == Mood.UNKNOWN_PERSON ? "unknown" : "yes");
    }
    if (mood == Mood.TALKATIVE) {
      answers.addObject().put("name", "number_valid").put("answer", "yes");
    }
    return answer;
  }

  private ObjectNode read(JsonNode question) {
    ObjectNode answer = disclosure();
    if (mood == Mood.UNKNOWN_PERSON) {
      return answer.put("outcome", "not_available");
    }
    ObjectNode person = answer.put("outcome", "answered").putObject("person");
    question
        .path("fields")
        .forEach(field -> person.put(field.asText(), "value of " + field.asText()));
    if (mood == Mood.TALKATIVE) {
      person.put("religion", "something");
    }
    return answer;
  }

  private static ObjectNode disclosure() {
    ObjectNode answer = StrictJson.mapper().createObjectNode();
    answer
        .put("receipt", "c2sp.org/tlog-proof@v1\n")
        .putObject("disclosure")
        .put("origin", "vn.mekong.example/registry/2026")
        .put("index", 11)
        .put("leafHash", "x");
    return answer;
  }
}
