package org.mekong.gateway.exchange.answering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mekong.gateway.access.door.Door;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.RefusedRequests;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestPeer;

/**
 * Whatever is wrong with what a peer sends, it learns by which rule and who must act, the log tells
 * of it, and the register does not hear of it.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BadMessageIT {

  Surroundings around;
  @Inject Door door;
  private TestPeer peer;
  private PublishedLog log;

  @BeforeEach
  void begin() {
    peer = new TestPeer(around);
    log = new PublishedLog(around);
    around.registry().reset();
  }

  /** Something wrong, and what is to come of it. */
  private record Row(String what, int status, String rule, Sent sent) {

    @Override
    public String toString() {
      return what;
    }
  }

  @FunctionalInterface
  private interface Sent {
    TestPeer.Answer by(BadMessageIT test) throws Exception;
  }

  static Stream<Row> rows() {
    return Stream.of(noJws(), payloads(), envelopes(), forms(), questions(), replays(), clocks())
        .flatMap(each -> each);
  }

  private static Row message(String what, int status, String rule, Make make) {
    return new Row(what, status, rule, test -> test.peer.send(make.by(test)));
  }

  @FunctionalInterface
  private interface Make {
    String by(BadMessageIT test) throws Exception;
  }

  private static Stream<Row> noJws() {
    return Stream.of(
            "x",
            "",
            "a.b.c",
            "....",
            "{}",
            "a.b",
            "\u00e9.b.c",
            "eyJhbGciOiJub25lIn0.e30.",
            ".".repeat(60_000))
        .map(
            text ->
                message(
                    "no JWS: " + text.substring(0, Math.min(8, text.length())),
                    400,
                    "exchange/malformed",
                    test -> text));
  }

  private static Row altered(String what, int status, String rule, String from, String to) {
    return message(
        what,
        status,
        rule,
        test ->
            test.peer.request(
                json -> {
                  assertTrue(json.contains(from), json);
                  return json.replace(from, to);
                }));
  }

  private static Row payload(String what, UnaryOperator<String> alter) {
    return message(
        what,
        400,
        "exchange/malformed",
        test ->
            test.signed(
                header -> header,
                new Payload(
                    alter.apply(StrictJson.snakeCase().writeValueAsString(TestPeer.marriage())))));
  }

  private static Stream<Row> payloads() {
    String malformed = "exchange/malformed";
    return Stream.of(
        altered("unknown member", 400, malformed, "\"nonce\"", "\"surprise\":1,\"nonce\""),
        altered("unknown kind", 400, malformed, "\"kind\":\"verify\"", "\"kind\":\"guess\""),
        altered(
            "kind that does not fit", 400, malformed, "\"kind\":\"verify\"", "\"kind\":\"read\""),
        altered("time that is none", 400, malformed, "\"iat\":", "\"iat\":\"now\",\"iat2\":"),
        altered("member inside", 400, malformed, "\"subject\":{", "\"subject\":{\"name\":\"x\","),
        altered("officer that is none", 400, malformed, "officer-3", "a name with spaces"),
        payload("member twice", json -> json.replaceFirst("\\{", "{\"to\":\"VN\",")),
        payload(
            "member twice inside",
            json -> json.replace("\"subject\":{", "\"subject\":{\"personal_number\":\"1\",")),
        payload("two documents", json -> json + "{}"),
        payload("nested bomb", json -> "{\"a\":".repeat(4_000) + "1" + "}".repeat(4_000)),
        payload("nested lists", json -> "[".repeat(20_000)),
        payload("no object", json -> "7"),
        payload("nothing", json -> ""));
  }

  private static Row header(String what, UnaryOperator<JWSHeader.Builder> alter) {
    return message(
        what,
        400,
        "exchange/malformed",
        test ->
            test.signed(
                alter,
                new Payload(StrictJson.snakeCase().writeValueAsString(TestPeer.marriage()))));
  }

  private static Stream<Row> envelopes() {
    return Stream.of(
        message("encrypted and compressed", 400, "exchange/malformed", BadMessageIT::encrypted),
        message(
            "nested message",
            400,
            "exchange/malformed",
            test ->
                test.signed(header -> header.contentType("JWT"), new Payload(test.peer.request()))),
        header("compressed by header", header -> header.customParam("zip", "DEF")),
        header("other type", header -> header.type(JOSEObjectType.JWT)),
        header("critical extension", header -> header.criticalParams(java.util.Set.of("exp"))),
        header(
            "key in the header",
            header -> header.jwk(org.mekong.gateway.testing.PeerDouble.newKey("x").toPublicJWK())),
        message(
            "signature of a stranger",
            403,
            "exchange/signature",
            test ->
                TestPeer.sign(
                    test.around.peerDouble().strangersKey(),
                    ExchangeRequest.TYPE,
                    TestPeer.marriage())),
        message(
            "payload of another",
            403,
            "exchange/signature",
            test -> {
              String[] parts = test.peer.request().split("\\.", -1);
              String[] others = test.peer.request().split("\\.", -1);
              return parts[0] + "." + others[1] + "." + parts[2];
            }));
  }

  private static Stream<Row> forms() {
    Stream<Row> types =
        Stream.of("text/plain", "application/json", "application/gzip", "application/josep")
            .map(
                type ->
                    new Row(
                        "media type " + type,
                        415,
                        "exchange/media-type",
                        test -> test.peer.send(test.peer.request(), type)));
    byte[] large = "a".repeat(70_000).getBytes(StandardCharsets.UTF_8);
    byte[] larger = "a".repeat(700_000).getBytes(StandardCharsets.UTF_8);
    Stream<Row> others =
        Stream.of(
            new Row(
                "packed",
                415,
                "exchange/encoding",
                test ->
                    test.peer.send(
                        BodyPublishers.ofByteArray(bomb()),
                        "application/jose",
                        "Content-Encoding",
                        "gzip")),
            new Row("too large", 413, "exchange/too-large", sent(large, true)),
            new Row("far too large", 413, "exchange/too-large", sent(larger, true)),
            new Row("too large, not announced", 413, "exchange/too-large", sent(large, false)),
            new Row(
                "far too large, not announced", 413, "exchange/too-large", sent(larger, false)));
    return Stream.concat(types, others);
  }

  private static Sent sent(byte[] body, boolean announced) {
    return test ->
        test.peer.send(
            announced
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
            "application/jose");
  }

  private static Stream<Row> questions() {
    return Stream.of(
        altered("to another country", 403, "exchange/to", "\"to\":\"VN\"", "\"to\":\"TH\""),
        altered("of another country", 403, "exchange/from", "\"from\":\"LA\"", "\"from\":\"TH\""),
        altered("unknown version", 403, "exchange/agreement", "\"version\":1", "\"version\":9"),
        altered("unknown agreement", 403, "exchange/agreement", "\"vn-la\"", "\"vn-th\""),
        altered("unknown purpose", 403, "vn-la/1/purpose", "\"marriage\"", "\"labour\""),
        altered("agency", 403, "vn-la/1/marriage/agency", "\"civil-registry\"", "\"tax-office\""),
        altered("unknown field", 403, "vn-la/1/marriage/fields", "\"alive\"", "\"shoe_size\""),
        altered("field", 403, "vn-la/1/marriage/fields", "\"alive\"", "\"number_valid\""));
  }

  private static Stream<Row> replays() {
    String id = UUID.randomUUID().toString();
    return Stream.of("\"nonce\":\"" + SignedMessage.nonce(), "\"request_id\":\"" + id)
        .map(used -> message(used, 409, "exchange/replay", test -> test.reused(used)));
  }

  /** A request with a member of one that was answered. */
  private String reused(String used) {
    String member = used.substring(0, used.lastIndexOf('"'));
    UnaryOperator<String> same = json -> json.replaceFirst(member + "\"[^\"]*", used);
    assertEquals(200, peer.send(peer.request(same)).status());
    around.registry().reset();
    return peer.request(same);
  }

  private static Stream<Row> clocks() {
    return Stream.of(-90, 90, -600, 600, -86_400, 86_400)
        .map(
            seconds ->
                message(
                    "clock " + seconds + " s",
                    403,
                    seconds < 0 ? "exchange/late" : "exchange/clock",
                    test ->
                        test.peer.request(
                            json ->
                                json.replaceFirst(
                                    "\"iat\":[0-9]+",
                                    "\"iat\":" + (Instant.now().getEpochSecond() + seconds)))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedWithItsRuleLoggedAndNotSentOn(Row row) throws Exception {
    long before = log.size();

    TestPeer.Answer answer = row.sent().by(this);

    RefusedRequests.assertProblem(row.status(), answer.status(), answer.headers(), answer.body());
    assertEquals(row.rule(), answer.rule());
    assertFalse(answer.body().toString().contains("001099004711"));
    JsonNode entry = entry(before, row.rule());
    assertEquals("refusal", leg(entry, answer), entry::toString);
    assertEquals("VN", entry.path("to").asText(), entry::toString);
    assertTrue(around.registry().asked().isEmpty());
    if (answer.body().has("answer")) {
      RefusedRequests.assertSigned(around, row.status(), row.rule(), answer);
    } else {
      assertTrue(answer.body().path("action").asText().contains("asking gateway must act"));
      assertEquals("LA", entry.path("from").asText());
      assertEquals(
          answer.body().path("instance").asText(), "urn:uuid:" + entry.path("request_id").asText());
    }
  }

  /** What was admitted and then refused by the agreement has an answer leg; the rest none. */
  private static String leg(JsonNode entry, TestPeer.Answer answer) {
    String leg = entry.path("leg").asText();
    return answer.rule().startsWith("vn-la/") || answer.rule().equals("exchange/agreement")
        ? leg.replace("answer", "refusal")
        : leg;
  }

  private JsonNode entry(long before, String rule) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      List<JsonNode> found =
          log.entriesFrom(before).stream()
              .filter(entry -> entry.path("rule").asText().equals(rule))
              .toList();
      if (!found.isEmpty()) {
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no entry of " + rule);
  }

  private static String encrypted(BadMessageIT test) throws JOSEException {
    var jwe =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A128GCM)
                .compressionAlgorithm(CompressionAlgorithm.DEF)
                .build(),
            new Payload(test.peer.request() + " ".repeat(5_000_000)));
    jwe.encrypt(new ECDHEncrypter(test.around.gatewayKey()));
    return jwe.serialize();
  }

  private String signed(UnaryOperator<JWSHeader.Builder> alter, Payload payload)
      throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(ExchangeRequest.TYPE))
            .keyID(around.peerDouble().key().getKeyID());
    var jws = new JWSObject(alter.apply(header).build(), payload);
    jws.sign(new ECDSASigner(around.peerDouble().key()));
    return jws.serialize();
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(new byte[10_000_000]);
    }
    return packed.toByteArray();
  }

  private void assertStrangerIsTold(int status, TestPeer stranger) throws Exception {
    door.tell();
    long before = log.size();

    TestPeer.Answer answer = stranger.send(peer.request());

    RefusedRequests.assertProblem(status, answer.status(), answer.headers(), answer.body());
    assertEquals("exchange/certificate", answer.rule());
    assertEquals("refused", entry(before, "exchange/certificate").path("kind").asText());
  }

  @Test
  void withoutACertificateThereIsNoAnswerAndTheDoorTellsOfIt() throws Exception {
    assertStrangerIsTold(401, new TestPeer(around, around.anonymousContext()));
  }

  @Test
  void aCertificateThatIsNotPinnedIsRefusedAndTheDoorTellsOfIt() throws Exception {
    assertStrangerIsTold(403, new TestPeer(around, around.strangerContext()));
  }

  @Test
  void thePinnedNameOnACertificateOfAnotherAuthorityDoesNotConnect() {
    var forger = new TestPeer(around, around.forgedContext());
    String request = peer.request();

    assertThrows(UncheckedIOException.class, () -> forger.send(request));
  }
}
