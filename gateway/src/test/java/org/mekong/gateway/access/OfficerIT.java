package org.mekong.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;

/** Who asks in an agency's name: the officer whom the token names, as token exchange issues it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OfficerIT {

  /** Pairwise names are base64url, which may begin with any of its signs. */
  private static final String OFFICER = "_J3kQ0Wm4o8vYx1rBz7tHn5cLd2fGs6aPeUiOqTyRwE";

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");
  private static final String WITHOUT = QUESTION.replace("\"officer\": \"officer-7\", ", "");
  private static final String CIVIL_STATUS =
      """
      {"country": "LA", "kind": "match", "purpose": "civil-status",
       "known": {"names": {"given": "Bouavone"}, "dateOfBirth": "1999-04-14"},
       "officer": "%s"}""";

  Surroundings around;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
  }

  /** The claims of a token that identity-service issues to a service that acts for an officer. */
  private static JWTClaimsSet.Builder exchanged(JWTClaimsSet.Builder claims) {
    return claims
        .subject(OFFICER)
        .claim("account_kind", "officer")
        .claim("roles", List.of("registrar"))
        .claim("office", "vn-44-dong-ha")
        .claim("grant_id", "019aa300-0000-7000-8000-000000000001")
        .claim("acr", "urn:mekong:loa:substantial")
        .claim("amr", List.of("pwd", "otp"))
        .claim("auth_time", 1_795_000_000L)
        .claim("act", Map.of("sub", "vn-quang-tri-system"));
  }

  private TestAgency.Answer ask(UnaryOperator<JWTClaimsSet.Builder> claims, String question) {
    return agency.post(agency.lookups(), agency.token(claims), question);
  }

  private String sentOfficer() throws Exception {
    return SignedMessage.verify(
            around.peerDouble().received().getFirst(),
            new JWKSet(around.gatewayKey()),
            ExchangeRequest.TYPE,
            ExchangeRequest.class)
        .payload()
        .officer();
  }

  private void assertRefused(int status, String rule, TestAgency.Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertEquals(rule, answer.rule());
    assertTrue(around.peerDouble().received().isEmpty());
    JsonNode last = log.entriesFrom(log.size() - 1).getFirst();
    assertEquals("refusal", last.path("leg").asText());
    assertEquals(rule, last.path("rule").asText());
  }

  @Test
  void theOfficerOfTheTokenStandsInWhatIsSigned() throws Exception {
    TestAgency.Answer answer = ask(OfficerIT::exchanged, WITHOUT);

    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(OFFICER, sentOfficer());
    assertEquals(
        OFFICER,
        log.entriesOf(answer.body().path("requestId").asText())
            .getFirst()
            .path("officer")
            .asText());
  }

  @Test
  void theQuestionMayNameTheSameOfficer() {
    assertEquals(200, ask(OfficerIT::exchanged, QUESTION.replace("officer-7", OFFICER)).status());
  }

  @Test
  void theQuestionMayNotNameAnother() {
    assertRefused(403, "token/officer", ask(OfficerIT::exchanged, QUESTION));
  }

  @Test
  void whereTheTokenHasToNameTheOfficerTheQuestionAloneIsNotEnough() {
    assertRefused(
        403,
        "token/officer-needed",
        ask(UnaryOperator.identity(), CIVIL_STATUS.formatted("officer-7")));
    assertEquals(200, ask(OfficerIT::exchanged, CIVIL_STATUS.formatted(OFFICER)).status());
  }

  @Test
  void somebodyWhoIsNoOfficerAsksInNobodysName() {
    TestAgency.Answer answer =
        ask(claims -> exchanged(claims).claim("account_kind", "citizen"), WITHOUT);

    assertEquals(403, answer.status(), answer.response().body());
    assertEquals("token/no-officer", answer.rule());
    assertTrue(around.peerDouble().received().isEmpty());
  }

  @Test
  void somebodyHasToBeNamed() {
    assertRefused(400, "token/officer-missing", ask(UnaryOperator.identity(), WITHOUT));
  }
}
