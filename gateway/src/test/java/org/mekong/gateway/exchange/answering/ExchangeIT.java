package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RefusedRequests;
import org.mekong.gateway.testing.RegistryDouble.Mood;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestPeer;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;

/** A peer asks: it is answered once, signed and logged, or refused with the rule. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ExchangeIT {

  Surroundings around;
  private TestPeer peer;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    peer = new TestPeer(around);
    log = new PublishedLog(around);
    around.registry().reset();
  }

  @Test
  void aRequestIsAnsweredSignedAndBoundToIt() throws Exception {
    String request = peer.request();

    TestPeer.Answer answer = peer.send(request);

    assertEquals(200, answer.status(), answer.body().toString());
    ExchangeAnswer said = peer.verified(answer).payload();
    assertEquals(SignedMessage.digest(request), said.requestDigest());
    assertEquals("VN", said.from());
    assertEquals(Outcome.ANSWERED, said.outcome());
    assertEquals(3, said.answers().size());
    assertEquals("vn.mekong.example/registry/2026", said.disclosure().origin());
  }

  @Test
  void theRegisterLearnsWhoAsks() {
    peer.send(peer.request());

    JsonNode asked = around.registry().asked().getFirst();
    assertEquals("LA", asked.at("/requester/country").asText());
    assertEquals("la-savannakhet-civil-registry", asked.at("/requester/agency").asText());
    assertEquals("officer-3", asked.at("/requester/officer").asText());
    assertEquals("marriage", asked.path("purpose").asText());
    assertEquals(18, asked.at("/predicates/1/years").asInt());
  }

  @Test
  void theReceiptProvesTheAnswerAndBothLegsAreLogged() throws Exception {
    TestPeer.Answer answer = peer.send(peer.request());

    var proved =
        ProofVerifier.verify(
            answer.body().path("receipt").asText(),
            Policy.ofLogs(VerifierKey.parse(log.text("key").strip())));
    JsonNode entry = StrictJson.mapper().readTree(proved.entry());
    ExchangeAnswer said = peer.verified(answer).payload();
    List<JsonNode> legs = log.entriesOf(said.requestId().toString());
    assertEquals(2, legs.size());
    assertEquals(entry, legs.get(1));
    assertEquals(SignedMessage.digest(answer.compact()), entry.path("digest").asText());
    assertEquals(1, entry.path("count").asInt());
    assertEquals(43, entry.path("subject").asText().length());
    assertEquals("request", legs.getFirst().path("leg").asText());
    assertEquals(legs.getFirst(), log.entriesFrom(said.requestEntry().index()).getFirst());
    assertFalse(log.entriesFrom(0).toString().contains("001099004711"));
  }

  @Test
  void fieldsAreRead() throws Exception {
    TestPeer.Answer answer = peer.send(reading("[\"names\",\"sex\"]"));

    assertEquals(Set.of("names", "sex"), peer.verified(answer).payload().person().keySet());
  }

  @Test
  void anUnknownPersonIsAnsweredLikeAWithheldOne() throws Exception {
    around.registry().mood(Mood.UNKNOWN_PERSON);

    ExchangeAnswer read = peer.verified(peer.send(reading("[\"names\"]"))).payload();
    ExchangeAnswer verified = peer.verified(peer.send(peer.request())).payload();

    assertEquals(Outcome.NOT_AVAILABLE, read.outcome());
    assertTrue(verified.answers().stream().allMatch(a -> a.answer().equals("unknown")));
    assertEquals(0, log.entriesOf(read.requestId().toString()).getLast().path("count").asInt(-1));
  }

  private String reading(String fields) {
    return peer.request(
        json ->
            json.replace("\"kind\":\"verify\"", "\"kind\":\"read\"")
                .replace("\"marriage\"", "\"border-resident\"")
                .replaceFirst("\"predicates\":\\[.*?\\]", "\"fields\":" + fields));
  }

  @Test
  void aRepeatGetsTheFirstAnswerAndTheRegisterIsAskedOnce() {
    String request = peer.request();

    TestPeer.Answer first = peer.send(request);
    TestPeer.Answer second = peer.send(request);

    assertEquals(first.compact(), second.compact());
    assertEquals(200, second.status());
    assertEquals(1, around.registry().asked().size());
  }

  @Test
  void ofManyRepeatsAtOnceOneIsAnsweredAndAllGetItsAnswer() throws Exception {
    around.registry().delay(200);
    String request = peer.request();
    var calls = new ArrayList<Callable<TestPeer.Answer>>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> peer.send(request));
    }
    var answers = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<TestPeer.Answer> answer : threads.invokeAll(calls)) {
        assertEquals(200, answer.get().status(), answer.get().body().toString());
        answers.add(answer.get().compact());
      }
    }

    assertEquals(1, answers.size());
    assertEquals(1, around.registry().asked().size());
  }

  @Test
  void ofManyRequestsWithOneNonceOneIsAnswered() throws Exception {
    String nonce = SignedMessage.nonce();
    var calls = new ArrayList<Callable<TestPeer.Answer>>();
    for (int i = 0; i < 12; i++) {
      String request =
          peer.request(
              json -> json.replaceFirst("\"nonce\":\"[^\"]*\"", "\"nonce\":\"" + nonce + "\""));
      calls.add(() -> peer.send(request));
    }
    int answered = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<TestPeer.Answer> answer : threads.invokeAll(calls)) {
        if (answer.get().status() == 200) {
          answered++;
        } else {
          assertEquals("exchange/replay", answer.get().rule());
        }
      }
    }

    assertEquals(1, answered);
    assertEquals(1, around.registry().asked().size());
  }

  @Test
  void anotherRequestUnderAUsedIdIsRefused() throws Exception {
    ExchangeRequest first = TestPeer.marriage();
    peer.send(TestPeer.sign(around.peerDouble().key(), ExchangeRequest.TYPE, first));

    String same =
        StrictJson.snakeCase()
            .writeValueAsString(first)
            .replaceFirst("\"nonce\":\"[^\"]*\"", "\"nonce\":\"" + SignedMessage.nonce() + "\"");
    TestPeer.Answer answer =
        peer.send(
            TestPeer.sign(
                around.peerDouble().key(),
                ExchangeRequest.TYPE,
                StrictJson.mapper().readTree(same)));

    RefusedRequests.assertSigned(around, 409, "exchange/replay", answer);
    assertEquals(1, around.registry().asked().size());
  }

  @Test
  void aRegisterThatDoesNotTakeTheQuestionIsARefusal() throws Exception {
    around.registry().mood(Mood.CHOOSY);

    RefusedRequests.assertSigned(around, 400, "register/request", peer.send(peer.request()));
  }

  @Test
  void aRegisterThatPermitsLessThanTheAgreementIsARefusal() throws Exception {
    around.registry().mood(Mood.STRICT);

    RefusedRequests.assertSigned(around, 403, "register/permission", peer.send(peer.request()));
  }

  @Test
  void aRegisterThatShutsItsGatewayOutIsNoRefusalOfTheQuestion() {
    around.registry().mood(Mood.SHUT);

    assertEquals(503, peer.send(peer.request()).status());
  }

  @Test
  void aRegisterThatIsBrokenIsAProblemAndTheRepeatIsAnswered() {
    around.registry().mood(Mood.BROKEN);
    String request = peer.request();

    TestPeer.Answer broken = peer.send(request);
    around.registry().mood(Mood.WELL);
    TestPeer.Answer repeated = peer.send(request);

    assertEquals(503, broken.status());
    assertEquals(200, repeated.status(), repeated.body().toString());
    assertEquals(2, around.registry().asked().size());
  }

  @Test
  void aRegisterThatSaysMoreThanItWasAskedIsNotPassedOn() {
    around.registry().mood(Mood.TALKATIVE);

    TestPeer.Answer verified = peer.send(peer.request());
    TestPeer.Answer read = peer.send(reading("[\"names\"]"));

    assertEquals(503, verified.status());
    assertEquals(503, read.status());
    assertFalse(read.body().toString().contains("something"));
  }

  @Test
  void theTraceReachesTheRegister() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4737";
    peer.send(
        peer.request(), "application/jose", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

    assertTrue(
        around.registry().lastTraceparent().contains(trace), around.registry().lastTraceparent());
  }
}
