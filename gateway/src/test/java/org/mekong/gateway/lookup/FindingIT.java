package org.mekong.gateway.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PeerDouble.Lie;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** An agency asks who somebody is whose number it does not know. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class FindingIT {

  private static final String MATCH =
      """
      {"country": "LA", "kind": "match", "purpose": "border-resident",
       "known": {"names": {"family": "Phommachanh", "given": "Bouavone"},
                 "dateOfBirth": "1999-04-14", "sex": 2},
       "fields": ["names"], "officer": "officer-7"}""";

  private static final String SEARCH =
      """
      {"country": "LA", "kind": "search", "purpose": "border-resident",
       "known": {"names": {"words": "bouavone"}, "dateOfBirth": "1999"},
       "fields": ["names", "date_of_birth"], "officer": "officer-7"}""";

  Surroundings around;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
  }

  @Test
  void aMatchTellsTheOneWhoIsMeantWithTheFieldsAskedFor() throws Exception {
    TestAgency.Answer answer = agency.ask(MATCH);

    assertEquals(200, answer.status(), answer.response().body());
    JsonNode finding = answer.body().path("finding");
    assertEquals("matched", finding.path("result").asText());
    assertEquals(1, finding.path("persons").size());
    assertEquals(1, finding.at("/persons/0/person").size());
    ExchangeRequest sent =
        SignedMessage.verify(
                around.peerDouble().received().getFirst(),
                new JWKSet(around.gatewayKey()),
                ExchangeRequest.TYPE,
                ExchangeRequest.class)
            .payload();
    assertEquals("1999-04-14", Objects.requireNonNull(sent.known()).dateOfBirth());
    List<JsonNode> legs = log.entriesOf(answer.body().path("requestId").asText());
    assertEquals("match", legs.getFirst().path("lookup").asText());
    assertEquals(
        StrictJson.mapper().readTree("[\"date_of_birth\", \"names\", \"sex\"]"),
        legs.getFirst().path("fields"));
    assertFalse(legs.toString().contains("Bouavone"));
  }

  @Test
  void aMatchWithoutFieldsTellsNothingButWhetherSomebodyIsMeant() {
    JsonNode body = agency.ask(MATCH.replace("\"fields\": [\"names\"], ", "")).body();

    assertEquals("matched", body.at("/finding/result").asText(), body::toString);
    assertEquals(0, body.at("/finding/persons/0/person").size());
  }

  @Test
  void whenNobodyIsMeantNobodyIsShown() {
    around.peerDouble().knowNobody();

    JsonNode match = agency.ask(MATCH).body();
    JsonNode search = agency.ask(SEARCH).body();

    assertEquals("no_match", match.at("/finding/result").asText(), match::toString);
    assertEquals("none", search.at("/finding/result").asText(), search::toString);
    assertTrue(search.at("/finding/persons").isMissingNode());
    assertEquals("answered", match.path("outcome").asText());
  }

  @Test
  void aSearchShowsAFewEachWithADisclosure() {
    JsonNode finding = agency.ask(SEARCH).body().path("finding");

    assertEquals("found", finding.path("result").asText());
    assertTrue(finding.path("more").asBoolean());
    assertEquals(2, finding.path("persons").size());
    assertEquals(2, finding.at("/persons/0/person").size());
    assertEquals(8, finding.at("/persons/1/disclosure/index").asInt());
  }

  @ParameterizedTest
  @EnumSource(
      value = Lie.class,
      names = {"MORE_THAN_ASKED", "OTHER_THAN_ASKED"})
  void aFindingThatIsNotOfTheQuestionIsNotPassedOn(Lie lie) {
    around.peerDouble().lie(lie);

    TestAgency.Answer answer = agency.ask(MATCH);

    assertEquals(502, answer.status(), answer.response().body());
    assertEquals("exchange/answer/content", answer.rule());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"match\" | \"search\" | \"border-resident\" | \"curiosity\" | token/kind",
        "\"sex\": 2 | \"sex\": 2, \"permanentResidence\": \"LA-SV\" | x | x | token/fields",
        "[\"names\"] | [\"names\", \"religion\"] | x | x | vn-la/1/border-resident/fields",
        "\"family\": \"Phommachanh\" | \"family\": \"Phommachanh\" | border-resident | curiosity |"
            + " vn-la/1/purpose",
      })
  void whatMayNotBeAskedByOrForIsRefusedByItsRule(
      String from, String to, String secondFrom, String secondTo, String rule) {
    TestAgency.Answer answer = agency.ask(MATCH.replace(from, to).replace(secondFrom, secondTo));

    assertEquals(403, answer.status(), answer.response().body());
    assertEquals(rule, answer.rule());
    assertTrue(around.peerDouble().received().isEmpty());
    assertEquals(rule, log.entriesFrom(log.size() - 1).getFirst().path("rule").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"dateOfBirth\": \"1999-04-14\" | \"dateOfBirth\": \"14.4.1999\"",
        "\"dateOfBirth\": \"1999-04-14\", | ''",
        "\"given\": \"Bouavone\" | \"words\": \"Bouavone\"",
        "\"given\": \"Bouavone\" | \"given\": \"\"",
        "\"given\": \"Bouavone\" | \"given\": 7",
        "\"sex\": 2 | \"sex\": 3",
        "\"sex\": 2 | \"sex\": \"2\"",
        "\"sex\": 2 | \"shoeSize\": 2",
        "\"sex\": 2 | \"parents\": {\"mother\": \"Keo\"}",
        "\"sex\": 2 | \"permanentResidence\": \"<x>\"",
        "\"fields\": | \"subject\": {\"personalNumber\": \"1\"}, \"fields\":",
        "\"match\" | \"read\"",
        "\"match\" | \"verify\"",
        "\"match\" | \"lookup\"",
      })
  void whatIsNotKnownAsAgreedIsABadRequest(String from, String to) {
    assertTrue(MATCH.contains(from), from);

    TestAgency.Answer answer = agency.ask(MATCH.replace(from, to));

    assertEquals(400, answer.status(), answer.response().body());
    assertFalse(answer.body().path("action").asText().isBlank());
    assertTrue(around.peerDouble().received().isEmpty());
  }
}
