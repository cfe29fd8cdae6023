package org.mekong.gateway.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RegistryDouble.Mood;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.log.evidence.EvidenceBundle;
import org.mekong.log.evidence.EvidenceVerifier;
import org.mekong.log.evidence.GatewayKeys;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;

/** An agency asks its own nation's register, by the same door and the same rules. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HomeIT {

  private static final String NUMBER = "001099004711";
  private static final String QUESTION =
      """
      {"country": "VN", "kind": "verify", "purpose": "residence",
       "subject": {"personalNumber": "001099004711"}, "predicates": [{"name": "alive"}],
       "officer": "officer-7"}""";
  private static final String SEARCH =
      """
      {"country": "VN", "kind": "search", "purpose": "civil-status",
       "known": {"names": {"words": "nguyen hoa"}}, "fields": ["names"]}""";

  Surroundings around;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
    around.registry().reset();
  }

  @Test
  void theAnswerHasTheShapeOfAPeersWithOurOwnSignatureAndReceipt() throws Exception {
    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(200, answer.status(), answer.response().body());
    JsonNode body = answer.body();
    assertEquals("VN", body.path("country").asText());
    assertEquals("vn", body.at("/agreement/id").asText());
    assertEquals("yes", body.at("/answers/0/answer").asText());
    ExchangeAnswer said =
        SignedMessage.verify(
                body.path("signedAnswer").asText(),
                new JWKSet(around.gatewayKey()),
                ExchangeAnswer.TYPE,
                ExchangeAnswer.class)
            .payload();
    assertEquals(SignedMessage.digest(body.path("signedRequest").asText()), said.requestDigest());
    var proved =
        ProofVerifier.verify(
            body.path("receipt").asText(),
            Policy.ofLogs(VerifierKey.parse(log.text("key").strip())));
    assertEquals(body.at("/trace/answer/index").asLong(), proved.index());
    List<JsonNode> legs = log.entriesOf(body.path("requestId").asText());
    assertEquals(
        List.of("request", "answer"), legs.stream().map(leg -> leg.path("leg").asText()).toList());
    assertEquals(legs.get(1), StrictJson.mapper().readTree(proved.entry()));
    assertEquals(1, legs.get(1).path("count").asInt());
    assertEquals(43, legs.get(1).path("subject").asText().length());
    JsonNode asked = around.registry().asked().getFirst();
    assertEquals("VN", asked.at("/requester/country").asText());
    assertEquals("officer-7", asked.at("/requester/officer").asText());
    assertTrue(around.peerDouble().received().isEmpty());
    assertFalse(log.entriesFrom(0).toString().contains(NUMBER));
  }

  @Test
  void whoeverIsFoundHasACommitmentOfTheirOwn() {
    String question = SEARCH.replace("\"fields\"", "\"officer\": \"officer-7\", \"fields\"");

    TestAgency.Answer refused = agency.ask(question);
    TestAgency.Answer answer =
        agency.post(
            agency.lookups(),
            agency.token(claims -> claims.subject("officer-7").claim("account_kind", "officer")),
            question);

    assertEquals("token/officer-needed", refused.rule());
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(2, answer.body().at("/finding/persons").size());
    JsonNode leg = log.entriesOf(answer.body().path("requestId").asText()).getLast();
    assertEquals(2, leg.path("subjects").size());
  }

  @Test
  void theSameKeyBringsTheFirstAnswerWithItsReceipt() {
    String key = UUID.randomUUID().toString();

    TestAgency.Answer first = agency.ask(QUESTION, "Idempotency-Key", key);
    TestAgency.Answer again = agency.ask(QUESTION, "Idempotency-Key", key);

    assertEquals(200, first.status(), first.response().body());
    assertEquals(first.body(), again.body());
    assertEquals(1, around.registry().asked().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alive | number_valid | token/fields",
        "residence | marriage | token/country",
        "\"officer-7\" | \"officer-7\", \"fields\": null | ",
      })
  void whatTheNationDoesNotAllowItsAgenciesIsRefusedByItsRule(String from, String to, String rule) {
    TestAgency.Answer answer = agency.ask(QUESTION.replace(from, to));

    assertEquals(rule == null ? 200 : 403, answer.status(), answer.response().body());
    assertEquals(rule == null ? "" : rule, answer.rule());
    if (rule != null) {
      assertTrue(around.registry().asked().isEmpty());
      assertEquals(rule, log.entriesFrom(log.size() - 1).getFirst().path("rule").asText());
    }
  }

  @Test
  void theAgreementOfTheNationWithItselfDecides() {
    TestAgency.Answer answer =
        agency.post(
            agency.lookups(),
            agency.token(claims -> claims.subject("officer-7").claim("account_kind", "officer")),
            SEARCH.replace("[\"names\"]", "[\"contact\"]"));

    assertEquals(403, answer.status(), answer.response().body());
    assertEquals("vn/1/civil-status/fields", answer.rule());
    assertTrue(around.registry().asked().isEmpty());
  }

  @Test
  void aRegisterThatDoesNotAnswerIsSaidSoAndTriedAgainUnderTheKey() {
    String key = UUID.randomUUID().toString();
    around.registry().mood(Mood.BROKEN);
    TestAgency.Answer failed = agency.ask(QUESTION, "Idempotency-Key", key);
    around.registry().mood(Mood.WELL);
    TestAgency.Answer answered = agency.ask(QUESTION, "Idempotency-Key", key);

    assertEquals(503, failed.status());
    assertEquals("register/unavailable", failed.rule());
    assertEquals(200, answered.status(), answered.response().body());
    List<String> legs =
        log.entriesOf(answered.body().path("requestId").asText()).stream()
            .map(leg -> leg.path("leg").asText())
            .toList();
    assertEquals(List.of("request", "failure", "answer"), legs);
  }

  @Test
  void aRegisterThatPermitsLessRefusesWithOurSignature() {
    around.registry().mood(Mood.STRICT);

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(403, answer.status());
    assertEquals("register/permission", answer.rule());
    assertEquals("VN", answer.body().path("refusedBy").asText());
    assertTrue(answer.body().path("receipt").asText().startsWith("c2sp.org/tlog-proof"));
  }

  @Test
  void theEvidenceHoldsOffline() throws Exception {
    String requestId = agency.ask(QUESTION).body().path("requestId").asText();
    URI evidence = around.gateway().resolve("/v1/evidence/" + requestId);
    String token = agency.token();

    TestAgency.Answer bundle =
        agency.send(
            HttpRequest.newBuilder(evidence)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", agency.client().proof("GET", evidence, token)));

    assertEquals(200, bundle.status(), bundle.response().body());
    byte[] keys = StrictJson.mapper().writeValueAsBytes(bundle.body().path("gateways"));
    var verified =
        EvidenceVerifier.verify(
            EvidenceBundle.parse(StrictJson.mapper().writeValueAsBytes(bundle.body())),
            Policy.ofLogs(VerifierKey.parse(log.text("key").strip())),
            GatewayKeys.parse(keys));
    assertEquals("VN", verified.to());
  }
}
