package org.mekong.system.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what was lost, done twice or told otherwise. Of what was acknowledged each leg stands once
 * in the logs of both gateways, and its disclosure once in the register's; of what was not, nothing
 * stands there twice, and nothing was answered that was not disclosed and logged before. Pure.
 */
public final class OnceChecker {

  private static final String REQUEST = "request";
  private static final String ANSWER = "answer";

  private final Map<String, List<JsonNode>> asking;
  private final Map<String, List<JsonNode>> answering;
  private final Map<String, List<JsonNode>> register;
  private final List<String> faults = new ArrayList<>();

  private OnceChecker(Ledger asking, Ledger answering, Ledger register) {
    this.asking = byRequest(asking);
    this.answering = byRequest(answering);
    this.register = byRequest(register);
  }

  /**
   * Checks.
   *
   * @param promises what agencies were answered
   * @param asking the log of the gateway that asked
   * @param answering the log of the gateway that answered
   * @param register the log of the register that was asked; each of the three between the two
   *     nations alone
   * @return what is wrong; empty where nothing is
   */
  public static List<String> check(
      List<Promise> promises, Ledger asking, Ledger answering, Ledger register) {
    OnceChecker checker = new OnceChecker(asking, answering, register);
    promises.forEach(checker::kept);
    Set<String> all = new HashSet<>(checker.asking.keySet());
    all.addAll(checker.answering.keySet());
    all.addAll(checker.register.keySet());
    all.forEach(checker::atMostOnce);
    return checker.faults;
  }

  private static Map<String, List<JsonNode>> byRequest(Ledger ledger) {
    Map<String, List<JsonNode>> byRequest = new HashMap<>();
    for (JsonNode entry : ledger.entries()) {
      byRequest
          .computeIfAbsent(entry.path("request_id").asText(), id -> new ArrayList<>())
          .add(entry);
    }
    return byRequest;
  }

  private static List<JsonNode> legs(
      Map<String, List<JsonNode>> log, String requestId, String leg) {
    return log.getOrDefault(requestId, List.of()).stream()
        .filter(entry -> entry.path("leg").asText().equals(leg))
        .toList();
  }

  private List<JsonNode> disclosures(String requestId) {
    return register.getOrDefault(requestId, List.of()).stream()
        .filter(entry -> entry.path("kind").asText().equals("disclosure"))
        .toList();
  }

  private void kept(Promise promise) {
    String id = promise.requestId();
    once(id, "the asking log", REQUEST, legs(asking, id, REQUEST), promise.requestDigest());
    once(id, "the asking log", ANSWER, legs(asking, id, ANSWER), promise.answerDigest());
    once(id, "the answering log", REQUEST, legs(answering, id, REQUEST), promise.requestDigest());
    once(id, "the answering log", ANSWER, legs(answering, id, ANSWER), promise.answerDigest());
    if (disclosures(id).size() != 1) {
      fault(id, "was acknowledged and has %d disclosures", disclosures(id).size());
    }
  }

  private void once(String id, String log, String leg, List<JsonNode> entries, String digest) {
    if (entries.size() != 1) {
      fault(id, "was acknowledged and %s has %d of its %s legs", log, entries.size(), leg);
    } else if (!entries.getFirst().path("digest").asText().equals(digest)) {
      fault(id, "was acknowledged and %s holds another %s", log, leg);
    }
  }

  private void atMostOnce(String id) {
    for (String leg : List.of(REQUEST, ANSWER)) {
      int sent = legs(asking, id, leg).size();
      int received = legs(answering, id, leg).size();
      if (sent > 1 || received > 1) {
        fault(id, "has %d and %d %s legs", sent, received, leg);
      }
    }
    if (disclosures(id).size() > 1) {
      fault(id, "has %d disclosures", disclosures(id).size());
    }
    if (legs(answering, id, REQUEST).size() > legs(asking, id, REQUEST).size()) {
      fault(id, "was received and never sent");
    }
    if (answeredWith(asking, id) && !answeredWith(answering, id)) {
      fault(id, "was passed on and never given");
    }
    if (answeredWith(answering, id) && disclosures(id).isEmpty()) {
      fault(id, "was answered and not disclosed");
    }
    if (!disclosures(id).isEmpty() && legs(answering, id, REQUEST).isEmpty()) {
      fault(id, "was disclosed and never received");
    }
  }

  private static boolean answeredWith(Map<String, List<JsonNode>> log, String id) {
    return legs(log, id, ANSWER).stream()
        .anyMatch(entry -> !entry.path("outcome").asText().equals("refused"));
  }

  private void fault(String id, String text, Object... values) {
    faults.add(id + " " + text.formatted(values));
  }
}
