package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.client.AgencySession;
import org.mekong.client.AnswerCheck;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.TokenRefusedException;
import org.mekong.log.command.TrustedTls;

/** The thread and its refusals, between two real nations. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreadIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  @Order(1)
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
  @Order(2)
  void threeStatementsAreAnsweredAndTheReceiptHolds() throws Exception {
    CheckedAnswer answer = ask(marriage(RunningPlatform.shared().residentNumber()));

    assertEquals(
        List.of("alive=yes", "age_over=yes", "married=no"),
        answer.answers().stream().map(each -> each.name() + "=" + each.answer()).toList());
    assertTrue(answer.person().isEmpty());
    assertTrue(answer.logEntry().origin().startsWith("la.mekong.example/gateway/"));
  }

  @Test
  @Order(2)
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
  @Order(2)
  void anUnknownPersonIsAnsweredLikeOneAboutWhomNothingMayBeSaid() throws Exception {
    CheckedAnswer answer = ask(marriage("000000000000"));

    assertEquals(
        List.of("unknown", "unknown", "unknown"),
        answer.answers().stream().map(CheckedAnswer.Answer::answer).toList());
  }

  @Test
  @Order(2)
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
        assertInstanceOf(Lookup.Outcome.Refused.class, lookup().ask(address));

    assertEquals(403, refused.status());
    assertTrue(refused.problem().path("rule").asText().contains("marriage"), refused::toString);
    assertFalse(refused.problem().path("action").asText().isEmpty(), refused::toString);
  }

  @Test
  @Order(2)
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
        assertThrows(TokenRefusedException.class, () -> lookup().ask(question));

    assertEquals("invalid_authorization_details", refused.code());
  }

  @Test
  @Order(2)
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
  @Order(2)
  void theClientVerifiesAReceiptOfflineAndRefusesItWithOneByteChanged() throws Exception {
    CheckedAnswer answer = ask(marriage(RunningPlatform.shared().residentNumber()));
    Path receipt = folder.resolve("receipt.tlog-proof");
    Files.writeString(receipt, answer.receipt());
    Path policy = RunningPlatform.DATA.resolve("VN/clients/policy.txt");
    CommandLine holds =
        CommandLine.mekong("", "verify", receipt.toString(), "--policy", policy.toString());
    assertEquals(0, holds.exitCode(), holds::output);

    byte[] bytes = Files.readAllBytes(receipt);
    bytes[bytes.length / 2] ^= 1;
    Files.write(receipt, bytes);

    CommandLine broken =
        CommandLine.mekong("", "verify", receipt.toString(), "--policy", policy.toString());
    assertEquals(1, broken.exitCode(), broken::output);
  }

  @Test
  @Order(2)
  void theClientReadsTheNumberFromStandardInputAndPrintsJson() throws Exception {
    CommandLine asked =
        CommandLine.mekong(
            RunningPlatform.shared().residentNumber(),
            "lookup",
            "--country",
            "LA",
            "--purpose",
            "marriage",
            "--officer",
            "officer-1",
            "--ask",
            "alive",
            "--json");

    assertEquals(0, asked.exitCode(), asked::output);
    assertTrue(JSON.readTree(asked.output()).path("verified").asBoolean());
  }

  @Test
  @Order(2)
  void statusShowsSixReadyServicesAndTheLengthOfTheirLogs() throws Exception {
    RunningPlatform.shared();
    // The length shown is that of the newest cosigned checkpoint, which follows within seconds.
    List<String> silent = List.of("not asked yet");
    for (int i = 0; i < 20 && !silent.isEmpty(); i++) {
      CommandLine status = CommandLine.mekong("", "status", "--json");
      assertEquals(0, status.exitCode(), status::output);
      JsonNode all = JSON.readTree(status.output());
      assertEquals(6, all.size(), status::output);
      silent = new ArrayList<>();
      for (JsonNode each : all) {
        assertTrue(each.path("ready").asBoolean(), each::toString);
        if (each.path("logSize").asLong() == 0) {
          silent.add(each.path("name").asText());
        }
      }
    }
    // Nobody has asked about anybody in Viet Nam, but its register has told of a key of its own.
    assertEquals(List.of(), silent);
  }

  @Test
  @Order(2)
  void everyLogOfBothNationsVerifiesWhole() throws Exception {
    RunningPlatform.shared();
    for (String line : Files.readAllLines(RunningPlatform.DATA.resolve("services.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        CommandLine verified =
            CommandLine.mekong(
                "",
                "verify",
                words[1] + words[2],
                "--policy",
                RunningPlatform.DATA.resolve("VN/clients/policy.txt").toString());
        assertEquals(0, verified.exitCode(), verified::output);
      }
    }
  }

  @Test
  @Order(2)
  void anAuditorSeesEachLogCosignedByTheOtherNation() throws Exception {
    ask(marriage(RunningPlatform.shared().residentNumber()));
    for (String line : Files.readAllLines(RunningPlatform.DATA.resolve("services.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ");
        CommandLine verified =
            CommandLine.mekong(
                "",
                "verify",
                words[1] + words[2],
                "--not-older-than",
                "PT10M",
                "--policy",
                RunningPlatform.DATA.resolve("auditor.policy").toString());
        String witness = words[0].startsWith("VN") ? "LA" : "VN";
        assertEquals(0, verified.exitCode(), verified::output);
        assertTrue(verified.output().contains("cosigned by " + witness), verified::output);
      }
    }
  }

  @Test
  @Order(2)
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
  @Order(2)
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

  @ParameterizedTest
  @Order(2)
  @ValueSource(strings = {"signedRequest", "signedAnswer", "receipt"})
  void aTamperedAnswerIsNotBelieved(String member) throws Exception {
    Question question = marriage(RunningPlatform.shared().residentNumber());
    CheckedAnswer answer = ask(question);
    AnswerCheck check = AnswerCheck.of(RunningPlatform.shared().registryOffice());
    check.check(question, answer.envelope());
    String genuine = answer.envelope().path(member).asText();
    int middle = genuine.length() / 2;
    char other = genuine.charAt(middle) == 'A' ? 'B' : 'A';
    ObjectNode tampered = answer.envelope().deepCopy();
    tampered.put(member, genuine.substring(0, middle) + other + genuine.substring(middle + 1));

    assertThrows(AnswerInvalidException.class, () -> check.check(question, tampered));
  }

  /** Where the disclosure of an answer stands in the log of the register of Laos. */
  private static long disclosure(CheckedAnswer answer) {
    return answer.envelope().at("/trace/disclosure/index").asLong(-1);
  }

  @Test
  @Order(3)
  void aPeerThatIsSilentEndsInAProblemWithinTheDeadline() throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    ProcessHandle gateway = platform.service("LA", "gateway");
    RunningPlatform.signal("STOP", gateway);
    try {
      long before = System.nanoTime();
      Lookup.Outcome outcome = lookup().ask(marriage(platform.residentNumber()));
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

  @Test
  @Order(4)
  void noPersonalDataStandsInAnyLogFile() throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    String number = platform.residentNumber();
    try (Stream<Path> files = Files.walk(RunningPlatform.DATA, 3)) {
      for (Path log : files.filter(f -> f.endsWith("service.log")).toList()) {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        assertFalse(text.contains(number), log::toString);
        assertFalse(text.contains("ພົມມະຈັນ"), log::toString);
      }
    }
  }

  @Test
  @Order(5)
  void killingTheLauncherLeavesNoProcessBehindAndTheNextStartGoesOnWithTheSameData()
      throws Exception {
    RunningPlatform platform = RunningPlatform.shared();
    long before = ask(marriage(platform.residentNumber())).logEntry().index();
    String number = platform.residentNumber();

    platform.killLauncher();
    awaitNoProcess();
    RunningPlatform again = RunningPlatform.startAgain();

    assertEquals(number, again.residentNumber());
    CheckedAnswer answer = ask(marriage(number));
    assertTrue(answer.logEntry().index() > before);
    // 500 and a few whom the launcher and other tests have registered, not filled once more
    assertTrue(again.output().matches("(?s).*: 50\\d persons.*"), again.output());
    everyLogOfBothNationsVerifiesWhole();
  }

  @Test
  @Order(6)
  void aPolitelyStoppedLauncherLeavesNoProcessBehind() throws Exception {
    RunningPlatform.shared().close();

    awaitNoProcess();
  }

  private static void awaitNoProcess() throws Exception {
    for (int i = 0; i < 200 && !RunningPlatform.processesOnData().isEmpty(); i++) {
      Thread.sleep(100);
    }
    assertEquals(List.of(), RunningPlatform.processesOnData());
  }

  private static Lookup lookup() throws Exception {
    return new Lookup(RunningPlatform.shared().registryOffice());
  }

  private static CheckedAnswer ask(Question question) throws Exception {
    Lookup.Outcome outcome = lookup().ask(question);
    return assertInstanceOf(Lookup.Outcome.Answered.class, outcome, outcome::toString).answer();
  }

  private static Question marriage(String number) {
    return new Question(
        "LA",
        "marriage",
        number,
        List.of(
            new Question.Predicate("alive", Map.of()),
            new Question.Predicate("age_over", Map.of("years", 18)),
            new Question.Predicate("married", Map.of())),
        List.of(),
        "officer-1");
  }
}
