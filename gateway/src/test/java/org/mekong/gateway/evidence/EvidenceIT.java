package org.mekong.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.log.command.VerifyCommand;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSignature;

/**
 * The agency that asked gets the evidence, nobody else; it verifies offline, whole or not at all.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EvidenceIT {

  private static final UnaryOperator<JWTClaimsSet.Builder> ITSELF = UnaryOperator.identity();

  Surroundings around;
  @TempDir Path folder;

  @BeforeEach
  void reset() {
    around.peerDouble().reset();
  }

  private String lookup() {
    TestAgency.Answer answer = new TestAgency(around).ask(TestAgency.marriage("LA-4711-0815"));
    assertEquals(200, answer.status(), answer.response().body());
    return answer.body().path("requestId").asText();
  }

  private TestAgency.Answer fetch(String requestId, UnaryOperator<JWTClaimsSet.Builder> claims) {
    TestAgency agency = new TestAgency(around);
    String token = agency.token(claims);
    URI target = around.gateway().resolve("/v1/evidence/" + requestId);
    return agency.send(
        HttpRequest.newBuilder(target)
            .header("Authorization", "DPoP " + token)
            .header("DPoP", agency.client().proof("GET", target, token)));
  }

  private ObjectNode bundle() {
    TestAgency.Answer answer = fetch(lookup(), ITSELF);
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals("no-store", answer.response().headers().firstValue("Cache-Control").orElse(""));
    return (ObjectNode) answer.body();
  }

  private record Verdict(int code, String said) {}

  private Verdict verify(JsonNode bundle) throws IOException {
    String policy =
        "log %s\nlog %s\nquorum none\n"
            .formatted(new PublishedLog(around).text("key").strip(), around.peerDouble().logKey());
    Map<String, Object> keys =
        Map.of(
            "VN",
            new JWKSet(around.gatewayKey()).toJSONObject(),
            "LA",
            new JWKSet(around.peerDouble().key().toPublicJWK()).toJSONObject());
    Path evidence = Files.writeString(folder.resolve("evidence.json"), bundle.toString());
    StringWriter said = new StringWriter();
    int code =
        new VerifyCommand(
                new PrintWriter(said), Clock.systemUTC(), VerifyCommand.Defaults.none("verify"))
            .run(
                List.of(
                    "--policy",
                    Files.writeString(folder.resolve("policy"), policy).toString(),
                    "--gateways",
                    Files.writeString(
                            folder.resolve("keys.json"),
                            StrictJson.mapper().writeValueAsString(keys))
                        .toString(),
                    evidence.toString()));
    return new Verdict(code, said.toString());
  }

  @Test
  void theAgencyThatAskedGetsEvidenceThatVerifiesOffline() throws Exception {
    Verdict verdict = verify(bundle());

    assertEquals(0, verdict.code(), verdict.said());
    for (String checked :
        List.of(
            "of VN to LA for marriage: answered",
            "the request is signed by the gateway of VN",
            "bound to the request",
            "request leg: entry ",
            "answer leg: entry ",
            "peer receipt: entry ")) {
      assertTrue(verdict.said().contains(checked), verdict.said());
    }
  }

  @Test
  void aRefusalAndASilenceAreEvidenceToo() throws Exception {
    around.peerDouble().refuse(new Refusal("some/rule", 403, "Refused.", "Ask otherwise."));
    TestAgency agency = new TestAgency(around);
    TestAgency.Answer refused = agency.ask(TestAgency.marriage("LA-4711-0815"));
    assertEquals(403, refused.status());
    String answer = refused.body().path("signedAnswer").asText();
    String requestId =
        StrictJson.mapper()
            .readTree(java.util.Base64.getUrlDecoder().decode(answer.split("[.]", -1)[1]))
            .path("request_id")
            .asText();

    Verdict verdict = verify(fetch(requestId, ITSELF).body());

    assertEquals(0, verdict.code(), verdict.said());
    assertTrue(verdict.said().contains(": refused"), verdict.said());

    around.peerDouble().reset();
    around.peerDouble().unavailable(5);
    var log = new PublishedLog(around);
    long before = log.size();
    assertTrue(agency.ask(TestAgency.marriage("LA-4711-0815")).status() >= 500);
    String silent = log.entriesFrom(before).getFirst().path("request_id").asText();
    Verdict ofSilence = verify(fetch(silent, ITSELF).body());
    assertEquals(0, ofSilence.code(), ofSilence.said());
    assertTrue(ofSilence.said().contains("no answer came"), ofSilence.said());
    assertTrue(ofSilence.said().contains("failure leg: entry "), ofSilence.said());
  }

  @Test
  void everybodyElseIsAnsweredAsIfThereWereNothing() {
    String requestId = lookup();
    TestAgency.Answer unknown = fetch(UUID.randomUUID().toString(), ITSELF);
    TestAgency.Answer another = fetch(requestId, claims -> claims.claim("agency", "vn-another"));
    TestAgency.Answer malformed = fetch("no-uuid", ITSELF);

    for (TestAgency.Answer answer : List.of(unknown, another, malformed)) {
      assertEquals(404, answer.status());
      assertEquals(unknown.body().path("detail"), answer.body().path("detail"));
      assertEquals(unknown.body().path("type"), answer.body().path("type"));
    }
    assertEquals(403, fetch(requestId, claims -> claims.claim("scope", "gateway.admin")).status());
  }

  @Test
  void aReceiptThatNoWitnessHadSeenIsProvedAnewUnderACosignedCheckpoint() throws Exception {
    String requestId = lookup();
    assertFalse(PeerProof.isCosigned(fetch(requestId, ITSELF).body().path("peerReceipt").asText()));
    lookup(); // the peer's log grows meanwhile

    Note note = Note.parse(around.peerDouble().log().signedCheckpoint());
    Instant now = Clock.systemUTC().instant();
    NoteSignature cosignature =
        Cosigner.generate("vn.mekong.example/witness").cosign(note.text(), now);
    around
        .peerDouble()
        .log()
        .keepCosigned(
            new Note(
                note.text(),
                Stream.concat(note.signatures().stream(), Stream.of(cosignature)).toList()),
            now);

    JsonNode bundle = fetch(requestId, ITSELF).body();

    assertTrue(PeerProof.isCosigned(bundle.path("peerReceipt").asText()), bundle::toString);
    assertEquals(0, verify(bundle).code());
    around.peerDouble().stop();
    try {
      assertEquals(bundle.path("peerReceipt"), fetch(requestId, ITSELF).body().path("peerReceipt"));
    } finally {
      around.peerDouble().restart();
    }
  }

  @TestFactory
  Stream<DynamicTest> theFirstThingThatIsWrongIsNamed() {
    ObjectNode other = bundle();
    return Stream.of(
        tampered("bundle: of another version", b -> b.put("version", 2)),
        tampered("bundle: a member", b -> b.put("comment", "x")),
        tampered(
            "signed request: request_id is not that of the bundle",
            b -> b.put("requestId", other.path("requestId").asText())),
        tampered(
            "gateways: ",
            b ->
                ((ObjectNode) b.path("gateways"))
                    .set("LA", json(new JWKSet(around.peerDouble().strangersKey().toPublicJWK())))),
        tampered("signed request: the signature", b -> flip(b, "signedRequest", -5)),
        tampered("signed request: ", b -> flip(b, "signedRequest", 120)),
        tampered("signed answer: the signature", b -> flip(b, "signedAnswer", -5)),
        tampered("signed answer: ", b -> flip(b, "signedAnswer", 150)),
        tampered(
            "signed answer: request_digest is not that of the signed request",
            b -> b.set("signedAnswer", other.path("signedAnswer"))),
        tampered("request leg: it has to be there once", b -> legs(b).remove(0)),
        tampered("answer leg: it has to be there once", b -> legs(b).remove(1)),
        tampered(
            "request leg: leg is not that of the bundle",
            b -> leg(b, 0).set("proof", leg(b, 1).path("proof"))),
        tampered(
            "answer leg: request_id is not that of the request",
            b -> leg(b, 1).set("proof", leg(other, 1).path("proof"))),
        tampered(
            "answer leg: the entry is not proved",
            b ->
                leg(b, 1)
                    .put(
                        "proof",
                        leg(b, 1).path("proof").asText().replaceFirst("index [0-9]+", "index 0"))),
        tampered("peer receipt: it has to be there", b -> b.remove("peerReceipt")),
        tampered(
            "peer receipt: the entry is not of a log of the gateway of LA",
            b -> b.set("peerReceipt", leg(b, 1).path("proof"))),
        tampered(
            "peer receipt: request_id is not that of the request",
            b -> b.set("peerReceipt", other.path("peerReceipt"))),
        tampered(
            "peer receipt: the checkpoint",
            b ->
                b.put(
                    "peerReceipt",
                    b.path("peerReceipt")
                        .asText()
                        .replaceFirst("— la[^\n]*", "— la.x/y AAAAAAAA"))),
        tampered(
            "opening: the commitment stands in none",
            b ->
                b.set(
                    "openings",
                    json(
                        List.of(
                            Map.of("commitment", "A".repeat(43), "key", "AA", "subject", "x"))))));
  }

  private DynamicTest tampered(String firstWrong, Consumer<ObjectNode> tampering) {
    return DynamicTest.dynamicTest(
        firstWrong,
        () -> {
          ObjectNode bundle = bundle();
          tampering.accept(bundle);
          Verdict verdict = verify(bundle);
          assertEquals(1, verdict.code(), verdict.said());
          assertTrue(verdict.said().startsWith("NOT VALID " + firstWrong), verdict.said());
        });
  }

  private static void flip(ObjectNode bundle, String member, int at) {
    StringBuilder text = new StringBuilder(bundle.path(member).asText());
    int place = at < 0 ? text.length() + at : at;
    text.setCharAt(place, text.charAt(place) == 'A' ? 'B' : 'A');
    bundle.put(member, text.toString());
  }

  private static ArrayNode legs(JsonNode bundle) {
    return (ArrayNode) bundle.path("legs");
  }

  private static ObjectNode leg(JsonNode bundle, int index) {
    return (ObjectNode) bundle.path("legs").path(index);
  }

  private static JsonNode json(JWKSet keys) {
    return StrictJson.mapper().valueToTree(keys.toJSONObject());
  }

  private static JsonNode json(List<?> value) {
    return StrictJson.mapper().valueToTree(value);
  }
}
