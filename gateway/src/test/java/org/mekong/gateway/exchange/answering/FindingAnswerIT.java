package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RegistryDouble.Mood;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestPeer;

/** A peer asks who somebody is: our register is asked in its words, and no more than was asked. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class FindingAnswerIT {

  Surroundings around;
  private TestPeer peer;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    peer = new TestPeer(around);
    log = new PublishedLog(around);
    around.registry().reset();
  }

  private String asked(String kind, String known, String fields) {
    return peer.request(
        json ->
            json.replace("\"kind\":\"verify\"", "\"kind\":\"" + kind + "\"")
                .replace("\"marriage\"", "\"border-resident\"")
                .replaceFirst("\"subject\":\\{.*?\\},", "\"known\":" + known + ",")
                .replaceFirst("\"predicates\":\\[.*?\\]", "\"fields\":" + fields));
  }

  private String match() {
    return asked(
        "match",
        "{\"names\":{\"family\":\"Nguyễn\",\"given\":\"Hoa\"},\"date_of_birth\":\"1990-05-17\","
            + "\"permanent_residence\":\"01\"}",
        "[\"names\"]");
  }

  private String search() {
    return asked(
        "search",
        "{\"names\":{\"words\":\"nguyen hoa\"},\"permanent_residence\":\"01\"}",
        "[\"names\",\"personal_number\"]");
  }

  @Test
  void theRegisterIsAskedWhoIsMeantAndItsKeyStaysHere() throws Exception {
    TestPeer.Answer answer = peer.send(match());

    assertEquals(200, answer.status(), answer.body().toString());
    Finding finding = Objects.requireNonNull(peer.verified(answer).payload().finding());
    assertEquals(Finding.Result.MATCHED, finding.result());
    assertEquals(List.of("names"), List.copyOf(finding.shown().getFirst().person().keySet()));
    JsonNode question = around.registry().asked().getFirst();
    assertEquals("Hoa", question.at("/person/name/given").asText());
    assertEquals("01", question.at("/person/province").asText());
    assertTrue(question.path("subject").isMissingNode());
    assertFalse(answer.compact().contains("0190f3c4"));
  }

  @Test
  void whatWouldHelpIsSaidInTheWordsOfTheFields() throws Exception {
    around.registry().mood(Mood.UNKNOWN_PERSON);

    ExchangeAnswer said = peer.verified(peer.send(match())).payload();

    Finding finding = Objects.requireNonNull(said.finding());
    assertEquals(Finding.Result.NEEDS_MORE, finding.result());
    assertEquals(List.of("date_of_birth", "names"), finding.narrowBy());
    JsonNode entry = log.entriesOf(said.requestId().toString()).getLast();
    assertEquals(0, entry.path("count").asInt(-1));
    assertTrue(entry.path("subject").isMissingNode());
  }

  @Test
  void eachWhoIsFoundHasACommitmentAndADisclosureOfTheirOwn() throws Exception {
    ExchangeAnswer said = peer.verified(peer.send(search())).payload();

    Finding finding = Objects.requireNonNull(said.finding());
    assertEquals(Boolean.TRUE, finding.more());
    assertEquals(
        List.of(11L, 12L),
        finding.shown().stream().map(each -> each.disclosure().index()).toList());
    JsonNode question = around.registry().asked().getFirst();
    assertEquals(Finding.MOST, question.path("limit").asInt());
    assertEquals("nguyen hoa", question.at("/criteria/name").asText());
    assertEquals("01", question.at("/criteria/residence/province").asText());
    JsonNode entry = log.entriesOf(said.requestId().toString()).getLast();
    assertEquals(2, entry.path("count").asInt());
    assertEquals(2, entry.path("subjects").size());
    assertFalse(entry.path("subjects").get(0).equals(entry.path("subjects").get(1)));
  }

  @Test
  void aRegisterThatSaysMoreThanWasAskedIsNotPassedOn() {
    around.registry().mood(Mood.TALKATIVE);

    assertEquals(503, peer.send(match()).status());
    assertEquals(503, peer.send(search()).status());
  }

  @Test
  void whatMayNotBeAskedByIsRefused() {
    TestPeer.Answer answer =
        peer.send(
            asked(
                "search",
                "{\"names\":{\"words\":\"hoa\"},\"parents\":{\"mother\":\"Lan\"}}",
                "[\"names\"]"));

    assertEquals(403, answer.status());
    assertEquals("vn-la/1/border-resident/fields", answer.rule());
    assertTrue(around.registry().asked().isEmpty());
  }
}
