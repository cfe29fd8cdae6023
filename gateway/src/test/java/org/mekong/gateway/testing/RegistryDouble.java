package org.mekong.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
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

  /** Who is found. */
  public static final UUID PERSON = new UUID(0x0190f3c45a107b21L, 0);

  private final SecureServer server;
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WELL;
  private volatile long delayMillis;
  private volatile String traceparent = "";

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

  /** The trace of the last question (W3C Trace Context). */
  public String lastTraceparent() {
    return traceparent;
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
    traceparent = String.valueOf(exchange.getRequestHeaders().getFirst("traceparent"));
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    String path = exchange.getRequestURI().getPath();
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
              StrictJson.mapper().writeValueAsBytes(answer(path, question)));
    }
  }

  private static byte[] problem(String type) throws IOException {
    return StrictJson.mapper()
        .writeValueAsBytes(StrictJson.mapper().createObjectNode().put("type", type));
  }

  private ObjectNode answer(String path, JsonNode question) {
    return switch (path) {
      case "/v1/verifications" -> verified(question);
      case "/v1/readings" -> read(question);
      case "/v1/matches" -> matched(question);
      case "/v1/persons/search" -> found(question);
      default -> throw new IllegalArgumentException(path);
    };
  }

  private ObjectNode matched(JsonNode question) {
    ObjectNode answer = disclosure();
    if (mood == Mood.UNKNOWN_PERSON) {
      answer
          .put("outcome", "needs_more")
          .putArray("narrowBy")
          .add("dateOfBirth")
          .add("name.middle");
      return answer;
    }
    ObjectNode match = answer.put("outcome", "matched").putObject("match");
    match.put("id", PERSON.toString()).set("person", person(question));
    return answer;
  }

  private ObjectNode found(JsonNode question) {
    ObjectNode answer = disclosure();
    if (mood == Mood.UNKNOWN_PERSON) {
      return answer.put("outcome", "none");
    }
    answer.put("outcome", "found").put("next", "cursor");
    var persons = answer.putArray("persons");
    var receipts = answer.putArray("receipts");
    for (int i = 0; i < 2; i++) {
      String id = new UUID(PERSON.getMostSignificantBits(), i).toString();
      persons.addObject().put("id", id).put("score", 0.9).set("person", person(question));
      ObjectNode receipt = receipts.addObject().put("id", id).put("receipt", "c2sp.org");
      receipt.set("disclosure", disclosure().withObject("disclosure").put("index", 11 + i));
    }
    return answer;
  }

  private ObjectNode person(JsonNode question) {
    ObjectNode person = StrictJson.mapper().createObjectNode();
    question.path("fields").forEach(field -> person.put(field.asText(), "of " + field.asText()));
    if (mood == Mood.TALKATIVE) {
      person.put("religion", "something");
    }
    return person;
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
