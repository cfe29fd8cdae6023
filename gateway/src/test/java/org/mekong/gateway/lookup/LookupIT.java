package org.mekong.gateway.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;

/** An agency asks through its gateway and gets an answer with evidence, or the rule. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class LookupIT {

  private static final String NUMBER = "LA-4711-0815";

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
  void threeQuestionsAreAnsweredWithEvidence() throws Exception {
    TestAgency.Answer answer = agency.ask(TestAgency.marriage(NUMBER));

    assertEquals(200, answer.status(), answer.response().body());
    JsonNode body = answer.body();
    assertEquals("answered", body.path("outcome").asText());
    assertEquals("alive", body.at("/answers/0/name").asText());
    assertEquals("yes", body.at("/answers/2/answer").asText());
    assertEquals("vn-la", body.at("/agreement/id").asText());
    var proved =
        ProofVerifier.verify(
            body.path("receipt").asText(),
            Policy.ofLogs(VerifierKey.parse(around.peerDouble().logKey())));
    assertEquals(body.at("/trace/peerAnswer/index").asLong(), proved.index());
    assertEquals(11 - 4, body.at("/trace/disclosure/index").asLong());
    SignedMessage<ExchangeRequest> sent =
        SignedMessage.verify(
            body.path("signedRequest").asText(),
            new com.nimbusds.jose.jwk.JWKSet(around.gatewayKey()),
            ExchangeRequest.TYPE,
            ExchangeRequest.class);
    assertEquals("officer-7", sent.payload().officer());
    assertEquals("Illustrative basis of the agency", sent.payload().legalBasis());
    assertEquals(List.of(sent.compact()), around.peerDouble().received());
  }

  @Test
  void bothLegsAreLoggedWithoutPersonalData() {
    JsonNode body = agency.ask(TestAgency.marriage(NUMBER)).body();

    List<JsonNode> legs = log.entriesOf(body.path("requestId").asText());
    assertEquals(2, legs.size());
    assertEquals("request", legs.get(0).path("leg").asText());
    assertEquals("answer", legs.get(1).path("leg").asText());
    assertEquals("answered", legs.get(1).path("outcome").asText());
    assertEquals(
        SignedMessage.digest(body.path("signedAnswer").asText()),
        legs.get(1).path("digest").asText());
    assertEquals(
        SignedMessage.digest(body.path("signedRequest").asText()),
        legs.get(0).path("digest").asText());
    assertFalse(log.entriesFrom(0).toString().contains("LA-4711"));
    assertEquals(legs.get(0), log.entriesFrom(body.at("/trace/request/index").asLong()).getFirst());
    assertEquals(legs.get(1), log.entriesFrom(body.at("/trace/answer/index").asLong()).getFirst());
  }

  @Test
  void agreedFieldsAreRead() {
    TestAgency.Answer answer =
        agency.ask(TestAgency.borderResident(NUMBER, "[\"names\", \"sex\"]"));

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(2, answer.body().path("person").size());
    assertTrue(answer.body().path("answers").isMissingNode());
  }

  @Test
  void anUnknownPersonIsNotAvailable() {
    around.peerDouble().knowNobody();

    TestAgency.Answer answer = agency.ask(TestAgency.borderResident(NUMBER, "[\"names\"]"));

    assertEquals(200, answer.status());
    assertEquals("not_available", answer.body().path("outcome").asText());
    assertTrue(answer.body().path("person").isMissingNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"marriage\" | \"labour\" | token/purpose",
        "\"alive\" | \"resident_of\", \"province\": \"X\" | token/fields",
        "\"alive\" | \"number_valid\" | vn-la/1/marriage/fields",
      })
  void aRefusalNamesItsRuleAndIsLoggedAndNothingIsSent(String from, String to, String rule) {
    TestAgency.Answer answer = agency.ask(TestAgency.marriage(NUMBER).replace(from, to));

    assertRefused(rule, answer);
  }

  @Test
  void aPurposeThatTheTokenGrantsButTheAgreementDoesNotIsRefused() {
    assertRefused(
        "vn-la/1/purpose",
        agency.ask(
            """
            {"country": "LA", "kind": "verify", "purpose": "curiosity",
             "subject": {"personalNumber": "1"}, "predicates": [{"name": "alive"}],
             "officer": "officer-7"}"""));
  }

  @Test
  void aFieldThatTheTokenGrantsButTheAgreementDoesNotIsRefused() {
    assertRefused(
        "vn-la/1/border-resident/fields",
        agency.ask(TestAgency.borderResident(NUMBER, "[\"names\", \"religion\"]")));
  }

  @Test
  void aKindThatTheTokenDoesNotGrantIsRefused() {
    assertRefused(
        "token/kind",
        agency.ask(
            TestAgency.borderResident(NUMBER, "[\"names\"]")
                .replace("border-resident", "marriage")));
  }

  @Test
  void anAgencyOfAnotherClassIsRefused() {
    String token = agency.token(claims -> claims.claim("agency_class", "tax-office"));

    assertRefused(
        "vn-la/1/marriage/agency",
        agency.post(agency.lookups(), token, TestAgency.marriage(NUMBER)));
  }

  @Test
  void aCountryThatTheTokenDoesNotGrantIsRefused() {
    String token =
        agency.token(
            claims ->
                claims.claim(
                    "authorization_details",
                    List.of(
                        java.util.Map.of(
                            "type",
                            "population_lookup",
                            "purpose",
                            "marriage",
                            "countries",
                            List.of("TH"),
                            "kinds",
                            List.of("verify"),
                            "fields",
                            List.of("alive", "age_over", "married")))));

    assertRefused(
        "token/country", agency.post(agency.lookups(), token, TestAgency.marriage(NUMBER)));
  }

  private void assertRefused(String rule, TestAgency.Answer answer) {
    assertEquals(403, answer.status(), answer.response().body());
    assertEquals(rule, answer.rule());
    assertFalse(answer.body().path("action").asText().isBlank());
    assertTrue(around.peerDouble().received().isEmpty());
    JsonNode last = log.entriesFrom(log.size() - 1).getFirst();
    assertEquals("refusal", last.path("leg").asText());
    assertEquals(rule, last.path("rule").asText());
    assertEquals("vn-quang-tri-civil-registry", last.path("agency").asText());
  }

  @Test
  void aRefusalOfThePeerIsPassedOnWithItsRuleAndItsEvidence() {
    around
        .peerDouble()
        .refuse(new Refusal("vn-la/1/marriage/agency", 403, "Not this agency.", "Ask another."));

    TestAgency.Answer answer = agency.ask(TestAgency.marriage(NUMBER));

    assertEquals(403, answer.status());
    assertEquals("vn-la/1/marriage/agency", answer.rule());
    assertEquals("LA", answer.body().path("refusedBy").asText());
    assertFalse(answer.body().path("signedAnswer").asText().isEmpty());
    JsonNode last = log.entriesFrom(log.size() - 1).getFirst();
    assertEquals("answer", last.path("leg").asText());
    assertEquals("refused", last.path("outcome").asText());
  }

  @Test
  void anUnknownCountryIsABadRequest() {
    TestAgency.Answer answer = agency.ask(TestAgency.marriage(NUMBER).replace("\"LA\"", "\"TH\""));

    assertEquals(400, answer.status());
    assertEquals("no-peer", answer.rule());
  }

  @Test
  void explainSaysTheSameAndDoesNothing() {
    long before = log.size();

    JsonNode allowed = agency.explain(TestAgency.marriage(NUMBER)).body();
    JsonNode refused =
        agency.explain(TestAgency.marriage(NUMBER).replace("\"alive\"", "\"number_valid\"")).body();

    assertTrue(allowed.path("allowed").asBoolean(), allowed.toString());
    assertEquals("vn-la/1/marriage", allowed.path("rule").asText());
    assertEquals("P1Y", allowed.at("/terms/retention").asText());
    assertFalse(refused.path("allowed").asBoolean());
    assertEquals("vn-la/1/marriage/fields", refused.path("rule").asText());
    assertEquals(before, log.size());
    assertTrue(around.peerDouble().received().isEmpty());
  }
}
