package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.client.Profile;
import org.mekong.system.fault.FaultProxy.Fault;
import org.mekong.system.fault.LookupLoad;
import org.mekong.system.fault.Promise;

/**
 * What an agency was answered stands in both logs once, and what it was not is nowhere or comes to
 * one end, whatever dies, stops or is cut in between.
 */
class ExchangeUnderFaultIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LENGTH =
      Duration.parse(System.getProperty("mekong.fault.length", "PT1M"));
  private static final int WORKERS = 4;

  /** Less than a day's quota of the agreement. */
  private static final int MOST = 3_000;

  private RunningPlatform platform;
  private Profile.Loaded office;
  private BothLogs logs;

  @BeforeEach
  void start() throws Exception {
    platform = RunningPlatform.shared();
    office = platform.registryOffice();
    logs = BothLogs.of(office);
  }

  @AfterEach
  void heal() throws Exception {
    RunningPlatform.door("VN").heal();
    RunningPlatform.door("LA").heal();
    logs.awaitAll();
  }

  @Test
  void whatIsAcknowledgedStandsInBothLogsOnceWhateverDies() throws Exception {
    long seed = Long.getLong("mekong.fault.seed", System.nanoTime());
    LookupLoad load = new LookupLoad(office, platform.residentNumber());
    load.start(WORKERS, LENGTH.multipliedBy(WORKERS).dividedBy(MOST));
    List<String> done = new Mischief(platform, seed).during(LENGTH);
    heal();
    load.finish(Duration.ofSeconds(120));

    String story = "seed " + seed + ", " + load + ", after " + done;
    System.out.println(story);
    assertEquals(List.of(), load.wrong(), story);
    assertEquals(List.of(), load.refusals(), story);
    assertTrue(load.promises().size() >= WORKERS, story);
    assertEquals(List.of(), logs.faults(load.promises()), story);
    assertFalse(logs.faultsNow(List.of(new Promise("never", "asked", "this"))).isEmpty());
  }

  @Test
  void aFaultyLineIsAProblemInTimeAndTheRepeatComesToOneEnd() throws Exception {
    LookupLoad load = new LookupLoad(office, platform.residentNumber());
    for (Fault fault : Fault.values()) {
      String key = UUID.randomUUID().toString();
      RunningPlatform.door("LA").fail(fault);
      long before = System.nanoTime();
      HttpResponse<String> response = load.once(key);
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      RunningPlatform.door("LA").heal();

      assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, fault + " took " + took);
      if (response.statusCode() != 200) {
        JsonNode problem = JSON.readTree(response.body());
        assertTrue(List.of(502, 503, 504).contains(response.statusCode()), response.body());
        assertTrue(problem.path("rule").asText().startsWith("exchange/"), response.body());
        assertFalse(problem.path("action").asText().isEmpty(), response.body());
      }
      assertTrue(load.ask(key), fault.toString());
    }

    assertEquals(List.of(), load.wrong());
    assertEquals(List.of(), load.refusals());
    assertEquals(Fault.values().length, load.promises().size());
    assertEquals(List.of(), logs.faults(load.promises()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, 600})
  void aPeerWhoseClockIsTenMinutesOffIsRefusedAndToldSo(long seconds) throws Exception {
    LookupLoad load = new LookupLoad(office, platform.residentNumber());
    JsonNode asked = JSON.readTree(load.once(UUID.randomUUID().toString()).body());
    ObjectNode request = (ObjectNode) payload(asked.path("signedRequest").asText());
    request
        .put("request_id", UUID.randomUUID().toString())
        .put("nonce", Base64.getUrlEncoder().withoutPadding().encodeToString(nonce()))
        .put("iat", Instant.now().getEpochSecond() + seconds);

    HttpResponse<String> refused = sendAsGatewayOfVietNam(signed(request));

    assertEquals(403, refused.statusCode(), refused.body());
    JsonNode problem = JSON.readTree(refused.body());
    String rule = seconds < 0 ? "exchange/late" : "exchange/clock";
    assertEquals(rule, problem.path("rule").asText());
    assertTrue(problem.path("action").asText().contains("clock"), refused.body());
    JsonNode answer = payload(problem.path("answer").asText());
    assertEquals(rule, answer.at("/refusal/rule").asText());
    assertTrue(problem.path("receipt").asText().startsWith("c2sp.org/tlog-proof@v1"));
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[16];
    new Random().nextBytes(nonce);
    return nonce;
  }

  private static JsonNode payload(String compact) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(compact.split("\\.")[1]));
  }

  private static String signed(JsonNode request) throws Exception {
    ECKey key =
        ECKey.parse(Files.readString(RunningPlatform.DATA.resolve("VN/gateway/exchange.jwk")));
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("mekong-request+jwt"))
                .keyID(key.getKeyID())
                .build(),
            new Payload(JSON.writeValueAsBytes(request)));
    jws.sign(new ECDSASigner(key));
    return jws.serialize();
  }

  private static HttpResponse<String> sendAsGatewayOfVietNam(String compact) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(
            MutualTls.as(
                RunningPlatform.DATA.resolve("VN/gateway"), RunningPlatform.DATA.resolve("ca.pem")))
        .build()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "https://localhost:"
                            + (RunningPlatform.BASE_PORT + 113)
                            + "/exchange/v1/requests"))
                .header("Content-Type", "application/jose")
                .POST(HttpRequest.BodyPublishers.ofString(compact))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
