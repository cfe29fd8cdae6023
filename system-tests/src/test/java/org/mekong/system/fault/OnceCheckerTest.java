package org.mekong.system.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The checker finds each way to lose something or to do it twice, and nothing where all is well.
 */
class OnceCheckerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Promise PROMISE = new Promise("r1", "q1", "a1");

  private final List<JsonNode> asking = new ArrayList<>();
  private final List<JsonNode> answering = new ArrayList<>();
  private final List<JsonNode> register = new ArrayList<>();

  OnceCheckerTest() {
    asking.add(leg("r1", "request", "q1", ""));
    asking.add(leg("r1", "failure", "", "no_answer"));
    asking.add(leg("r1", "answer", "a1", "answered"));
    answering.add(leg("r1", "request", "q1", ""));
    answering.add(leg("r1", "answer", "a1", "answered"));
    register.add(disclosure("r1"));
  }

  private static JsonNode leg(String id, String leg, String digest, String outcome) {
    return JSON.createObjectNode()
        .put("kind", "exchange")
        .put("request_id", id)
        .put("leg", leg)
        .put("digest", digest)
        .put("outcome", outcome);
  }

  private static JsonNode disclosure(String id) {
    return JSON.createObjectNode()
        .put("kind", "disclosure")
        .put("request_id", id)
        .put("leg", "verify")
        .put("from", "VN")
        .put("to", "LA");
  }

  private List<String> check(Promise... promises) {
    return OnceChecker.check(
        List.of(promises), new Ledger(asking), new Ledger(answering), new Ledger(register));
  }

  private void finds(String fault, Consumer<OnceCheckerTest> breaking, Promise... promises) {
    OnceCheckerTest broken = new OnceCheckerTest();
    breaking.accept(broken);
    List<String> found = broken.check(promises);
    assertTrue(found.stream().anyMatch(each -> each.contains(fault)), fault + " in " + found);
  }

  @Test
  void nothingIsWrongWhereNothingIs() {
    assertEquals(List.of(), check(PROMISE));
    assertEquals(List.of(), check());
  }

  @Test
  void whatWasSentAndNeverArrivedIsNoFault() {
    asking.add(leg("r2", "request", "q2", ""));
    asking.add(leg("r2", "failure", "", "no_answer"));
    asking.add(leg("r3", "refusal", "", "refused"));

    assertEquals(List.of(), check(PROMISE));
  }

  @Test
  void whatIsLostIsFound() {
    finds("asking log has 0 of its request legs", t -> t.asking.remove(0), PROMISE);
    finds("asking log has 0 of its answer legs", t -> t.asking.remove(2), PROMISE);
    finds("answering log has 0 of its request legs", t -> t.answering.remove(0), PROMISE);
    finds("answering log has 0 of its answer legs", t -> t.answering.remove(1), PROMISE);
    finds("has 0 disclosures", t -> t.register.clear(), PROMISE);
    finds("r9 was acknowledged", t -> {}, PROMISE, new Promise("r9", "q9", "a9"));
  }

  @Test
  void whatIsDoneTwiceIsFoundWhetherAcknowledgedOrNot() {
    finds("has 2 and 1 request legs", t -> t.asking.add(t.asking.getFirst()));
    finds("has 1 and 2 answer legs", t -> t.answering.add(t.answering.getLast()));
    finds("has 2 disclosures", t -> t.register.add(disclosure("r1")));
    finds("was acknowledged and has 2 disclosures", t -> t.register.add(disclosure("r1")), PROMISE);
  }

  @Test
  void whatIsToldOtherwiseIsFound() {
    finds("asking log holds another answer", t -> {}, new Promise("r1", "q1", "other"));
    finds("answering log holds another request", t -> {}, new Promise("r1", "other", "a1"));
  }

  @Test
  void whatComesOutOfNowhereIsFound() {
    finds("received and never sent", t -> t.asking.removeFirst());
    finds("passed on and never given", t -> t.answering.removeLast());
    finds("answered and not disclosed", t -> t.register.clear());
    finds("disclosed and never received", t -> t.register.add(disclosure("r7")));
  }
}
