package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.system.RegistryOffice.ask;
import static org.mekong.system.RegistryOffice.marriage;
import static org.mekong.system.RegistryOffice.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.mekong.client.AgencySession;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.TokenRefusedException;
import org.mekong.log.command.TrustedTls;

/** The thread and its refusals, between two real nations. */
class ThreadIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theLauncherTellsTheStoryInAFewLinesThatHoldNoPersonalNumber() throws Exception {
    RunningPlatform platform = RunningPlatform.shared();

    String told = platform.output();

    assertTrue(told.contains("Is the person alive?               yes"), told);
    assertTrue(told.contains("Is the person older than 18?       yes"), told);
    assertTrue(told.contains("Is the person married?             no"), told);
    assertTrue(told.contains("403 by rule vn-la"), told);
    assertTrue(told.contains("la.mekong.example/gateway/"), told);
    assertTrue(told.contains("vn.mekong.example/gateway/"), told);
    assertTrue(told.contains("la.mekong.example/registry/"), told);
    assertFalse(told.contains(platform.residentNumber()), told);
  }

  @Test
  void threeStatementsAreAnsweredAndTheReceiptHolds() throws Exception {
    CheckedAnswer answer = ask(marriage(RunningPlatform.shared().residentNumber()));

    assertEquals(
        List.of("alive=yes", "age_over=yes", "married=no"),
        answer.answers().stream().map(each -> each.name() + "=" + each.answer()).toList());
    assertTrue(answer.person().isEmpty());
    assertTrue(answer.logEntry().origin().startsWith("la.mekong.example/gateway/"));
  }

  @Test
  void agreedFieldsAreReadAndNoOthers() throws Exception {
    Question question =
        new Question(
            "LA",
            "border-resident",
            RunningPlatform.shared().residentNumber(),
            List.of(),
            List.of("names", "date_of_birth"),
            "officer-1");

    JsonNode person = ask(question).person().orElseThrow();

    assertEquals(2, person.size(), person::toString);
    assertEquals("1999-04-14", person.path("date_of_birth").asText());
    assertTrue(person.path("names").toString().contains("ພົມມະຈັນ"));
  }

  @Test
  void anUnknownPersonIsAnsweredLikeOneAboutWhomNothingMayBeSaid() throws Exception {
    CheckedAnswer answer = ask(marriage("000000000000"));

    assertEquals(
        List.of("unknown", "unknown", "unknown"),
        answer.answers().stream().map(CheckedAnswer.Answer::answer).toList());
  }

  @Test
  void theAgreementDecidesWhateverTheTokenAllows() throws Exception {
    Question address =
        new Question(
            "LA",
            "marriage",
            RunningPlatform.shared().residentNumber(),
            List.of(),
            List.of("permanent_residence"),
            "officer-1");

    Lookup.Outcome.Refused refused =
        assertInstanceOf(Lookup.Outcome.Refused.class, outcome(address));

    assertEquals(403, refused.status());
    assertTrue(refused.problem().path("rule").asText().contains("marriage"), refused::toString);
    assertFalse(refused.problem().path("action").asText().isEmpty(), refused::toString);
  }

  @Test
  void aPurposeThatTheAgencyWasNotRegisteredForGetsNoToken() throws Exception {
    Question question =
        new Question(
            "LA",
            "police",
            RunningPlatform.shared().residentNumber(),
            List.of(new Question.Predicate("alive", Map.of())),
            List.of(),
            "officer-1");

    TokenRefusedException refused =
        assertThrows(TokenRefusedException.class, () -> outcome(question));

    assertEquals("invalid_authorization_details", refused.code());
  }

  @Test
  void anUnknownAgencyGetsNoToken() throws Exception {
    Profile.Loaded office = RunningPlatform.shared().registryOffice();
    AgencySession stranger =
        new AgencySession(
            office.profile().issuer(),
            "vn-unknown-agency",
            new ECKeyGenerator(Curve.P_256).keyID("stranger").generate(),
            TrustedTls.trusting(office.file(office.profile().caFile())));

    TokenRefusedException refused =
        assertThrows(
            TokenRefusedException.class,
            () -> stranger.token("lookup", office.profile().gateway(), List.of()));

    assertEquals("invalid_client", refused.code());
  }

  @Test
  void aReplayedRequestOfAnAgencyIsRefused() throws Exception {
    Profile.Loaded office = RunningPlatform.shared().registryOffice();
    URI gateway = office.profile().gateway();
    SSLContext tls = TrustedTls.trusting(office.file(office.profile().caFile()));
    DPoPAccessToken token = AgencySession.of(office).token("lookup", gateway, List.of());
    URI explain = gateway.resolve("/v1/lookups/explain");
    HttpRequest once =
        HttpRequest.newBuilder(explain)
            .header("Authorization", token.toAuthorizationHeader())
            .header(
                "DPoP",
                new DefaultDPoPProofFactory(office.key().toECKey(), JWSAlgorithm.ES256)
                    .createDPoPJWT("POST", explain, token)
                    .serialize())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpClient http = HttpClient.newBuilder().sslContext(tls).build();

    int first = http.send(once, HttpResponse.BodyHandlers.ofString()).statusCode();
    HttpResponse<String> second = http.send(once, HttpResponse.BodyHandlers.ofString());

    assertEquals(400, first); // past the door: the empty body is what is wrong
    assertEquals(401, second.statusCode(), second.body());
    assertTrue(second.body().contains("proof-replayed"), second.body());
  }

  @Test
  void aRepeatedRequestBetweenGatewaysGetsTheFirstAnswerAndReadsNothingAgain() throws Exception {
    CheckedAnswer first = ask(marriage(RunningPlatform.shared().residentNumber()));
    HttpClient gatewayOfVietNam =
        HttpClient.newBuilder()
            .sslContext(
                MutualTls.as(
                    RunningPlatform.DATA.resolve("VN/gateway"),
                    RunningPlatform.DATA.resolve("ca.pem")))
            .build();
    URI exchange =
        URI.create(
            "https://localhost:" + (RunningPlatform.BASE_PORT + 113) + "/exchange/v1/requests");

    HttpResponse<String> again =
        gatewayOfVietNam.send(
            HttpRequest.newBuilder(exchange)
                .header("Content-Type", "application/jose")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        first.envelope().path("signedRequest").asText()))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertEquals(200, again.statusCode(), again.body());
    assertEquals(first.envelope().path("signedAnswer"), JSON.readTree(again.body()).path("answer"));
    CheckedAnswer next = ask(marriage(RunningPlatform.shared().residentNumber()));
    assertEquals(disclosure(first) + 1, disclosure(next));
  }

  /** Where the disclosure of an answer stands in the log of the register of Laos. */
  private static long disclosure(CheckedAnswer answer) {
    return answer.envelope().at("/trace/disclosure/index").asLong(-1);
  }

  @Test
  void aPeerThatIsSilentEndsInAProblemWithinTheDeadline() throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    ProcessHandle gateway = platform.service("LA", "gateway");
    RunningPlatform.signal("STOP", gateway);
    try {
      long before = System.nanoTime();
      Lookup.Outcome outcome = outcome(marriage(platform.residentNumber()));
      Duration took = Duration.ofNanos(System.nanoTime() - before);

      Lookup.Outcome.Refused refused = assertInstanceOf(Lookup.Outcome.Refused.class, outcome);
      assertTrue(List.of(502, 504).contains(refused.status()), refused::toString);
      assertFalse(refused.problem().path("action").asText().isEmpty(), refused::toString);
      assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, took::toString);
    } finally {
      RunningPlatform.signal("CONT", gateway);
    }
    assertEquals("yes", ask(marriage(platform.residentNumber())).answers().getFirst().answer());
  }
}
