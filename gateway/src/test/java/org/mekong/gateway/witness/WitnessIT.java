package org.mekong.gateway.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.log.LogSettings;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.witness.AddCheckpointRequest;

/** The statuses of tlog-witness v1.0.0, over HTTPS, for the log of a peer's register. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WitnessIT {
  private static final String WITNESS = "/witness/add-checkpoint";

  Surroundings around;
  private HttpClient http;

  @BeforeEach
  void begin() {
    http = HttpClient.newBuilder().sslContext(around.anonymousContext()).build();
  }

  @Test
  void cosignsWhatContinuesRefusesTheRestAndTellsTheLatestSize() throws Exception {
    TransparencyLog log = peerLog(around.peerRegistryKey());
    grow(log, "entry", 3);

    HttpResponse<String> cosigned = post(WITNESS, request(log, 0));

    assertEquals(200, cosigned.statusCode(), cosigned.body());
    VerifierKey key = VerifierKey.parse(get("/witness/key").body().strip());
    String note = Note.parse(log.signedCheckpoint()).text() + "\n" + cosigned.body();
    assertEquals(1, Note.parse(note.getBytes(StandardCharsets.UTF_8)).signaturesOf(key).size());

    HttpResponse<String> conflict = post(WITNESS, request(log, 0));
    assertEquals(409, conflict.statusCode());
    assertEquals("3\n", conflict.body());
    assertEquals("text/x.tlog.size", conflict.headers().firstValue("Content-Type").orElse(""));

    TransparencyLog fork = peerLog(around.peerRegistryKey());
    grow(fork, "other", 5);
    assertEquals(422, post(WITNESS, request(fork, 3)).statusCode());

    grow(log, "more", 4);
    assertEquals(200, post(WITNESS, request(log, 3)).statusCode());
  }

  private static void grow(TransparencyLog log, String what, int entries) {
    for (int i = 0; i < entries; i++) {
      log.append((what + " " + i).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anUnknownKeyIs403AndAnUnknownOrigin404() throws Exception {
    String origin = around.peerRegistryKey().name();

    assertEquals(403, post(WITNESS, request(peerLog(NoteSigner.generate(origin)), 0)).statusCode());
    assertEquals(
        404,
        post(WITNESS, request(peerLog(NoteSigner.generate("la.mekong.example/tax/2026")), 0))
            .statusCode());
  }

  @Test
  void anOldSizeBeyondTheCheckpointIs400() throws Exception {
    TransparencyLog log = peerLog(around.peerRegistryKey());
    Note note = Note.parse(log.signedCheckpoint());

    byte[] body = new AddCheckpointRequest(9, List.of(), note).bytes();

    assertEquals(400, post(WITNESS, body).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "old",
        "old 0",
        "old 0\n\n",
        "old -1\n\nx\n1\nAA==\n\n— x AAAA\n",
        "old 00\n\nx\n1\nAA==\n\n— x AAAA\n",
        "old 0\r\n\r\nx\r\n1\r\nAA==\r\n\r\n— x AAAA\r\n",
        "old 99999999999999999999\n\nx\n1\nAA==\n\n— x AAAA\n",
        "old 0\nnot base64!\n\nx\n1\nAA==\n\n— x AAAA\n"
      })
  void whatIsNoRequestIs400InPlainText(String body) throws Exception {
    HttpResponse<String> refused = post(WITNESS, body.getBytes(StandardCharsets.UTF_8));

    assertEquals(400, refused.statusCode(), refused.body());
    assertTrue(refused.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
  }

  @Test
  void aNoteWithThousandsOfSignaturesIsRefusedUnread() throws Exception {
    TransparencyLog log = peerLog(around.peerRegistryKey());
    String note = new String(request(log, 0), StandardCharsets.UTF_8);
    String many = note + "— somebody.example AAAAAAAAAAAAAAAA\n".repeat(5_000);

    assertEquals(413, post(WITNESS, many.getBytes(StandardCharsets.UTF_8)).statusCode());
  }

  @Test
  void theCarrierTakesOurOwnLogsToPeersAndNothingElse() throws Exception {
    byte[] foreign = request(peerLog(around.peerRegistryKey()), 0);
    byte[] own =
        new AddCheckpointRequest(
                0, List.of(), Note.parse(new PublishedLog(around).file("checkpoint").body()))
            .bytes();

    assertEquals(404, post("/witness/LA/add-checkpoint", foreign).statusCode());
    assertEquals(404, post("/witness/TH/add-checkpoint", own).statusCode());
    assertEquals(400, post("/witness/LA/add-checkpoint", new byte[] {(byte) 0xff}).statusCode());
    around.peerDouble().reset();
    post("/witness/LA/add-checkpoint", own);
    // The peer double is no witness; what it received shows that the carrier came there.
    assertEquals(1, around.peerDouble().received().size());
    assertTrue(around.peerDouble().received().getFirst().startsWith("old 0\n\nvn.mekong.example/"));
  }

  private TransparencyLog peerLog(NoteSigner signer) {
    DataSource database =
        EmbeddedDatabase.shared()
            .dataSource("witness_" + UUID.randomUUID().toString().replace("-", ""));
    Flyway.configure().dataSource(database).locations("db/transparency-log").load().migrate();
    return TransparencyLog.open(
        database, new LogSettings(signer.name(), signer, Clock.systemUTC()));
  }

  private static byte[] request(TransparencyLog log, long oldSize) throws Exception {
    Note note = Note.parse(log.signedCheckpoint());
    long size = Long.parseLong(note.text().split("\n", -1)[1]);
    return new AddCheckpointRequest(oldSize, log.consistencyProof(oldSize, size), note).bytes();
  }

  private HttpResponse<String> post(String path, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(around.gateway().resolve(path))
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(around.gateway().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
