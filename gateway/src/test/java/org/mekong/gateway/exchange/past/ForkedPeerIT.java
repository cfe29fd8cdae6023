package org.mekong.gateway.exchange.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.PeerDouble.Lie;
import org.mekong.gateway.testing.PublishedLog;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAdministrator;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.witness.AddCheckpointRequest;

/** A peer whose log tells two pasts is found out, and neither asked nor answered any more. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ForkedPeerIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");
  private static final String RULE = "exchange/answer/fork";

  Surroundings around;
  @Inject Transactions transactions;
  @Inject Peers peers;
  private TestAgency agency;
  private PublishedLog log;

  @BeforeEach
  void begin() throws Exception {
    agency = new TestAgency(around);
    log = new PublishedLog(around);
    around.peerDouble().reset();
    around.registry().reset();
    forgive();
    assertEquals(200, agency.ask(QUESTION).status());
    around.peerDouble().logs().outgrowFork(10);
    cosign();
  }

  @AfterEach
  void forgive() throws SQLException {
    around.peerDouble().reset();
    transactions.in(ForkedPeerIT::forgive);
    peers.refresh();
  }

  private static boolean forgive(Connection connection) throws SQLException {
    Revision.PEERS.advance(connection);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM peer_fork");
      statement.executeUpdate("UPDATE peer SET suspended = false, version = 1 WHERE nation = 'LA'");
    }
    return true;
  }

  /** Has the gateway under test cosign what the peer's log is now. */
  private void cosign() throws Exception {
    TransparencyLog theirs = around.peerDouble().log();
    HttpResponse<String> answer = addCheckpoint(theirs, 0);
    if (answer.statusCode() == 409) {
      answer = addCheckpoint(theirs, Long.parseLong(answer.body().strip()));
    }
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> addCheckpoint(TransparencyLog theirs, long oldSize)
      throws Exception {
    Note note = Note.parse(theirs.signedCheckpoint());
    long size = Checkpoint.parse(note.text()).size();
    return send(new AddCheckpointRequest(oldSize, theirs.consistencyProof(oldSize, size), note));
  }

  private HttpResponse<String> send(AddCheckpointRequest request) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(around.anonymousContext()).build()) {
      return http.send(
          HttpRequest.newBuilder(around.gateway().resolve("/witness/add-checkpoint"))
              .header("Content-Type", "text/plain; charset=utf-8")
              .POST(HttpRequest.BodyPublishers.ofByteArray(request.bytes()))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 0})
  void aReceiptOfAnotherPastIsRefusedAndTheExchangeStops(long larger) throws Exception {
    around.peerDouble().logs().forkTo(around.peerDouble().logs().size() + larger - 1);
    around.peerDouble().lie(Lie.RECEIPT_OF_A_FORK);
    long before = log.size();

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(502, answer.status(), answer.response().body());
    assertEquals("peer-answer-invalid", answer.type());
    assertEquals(RULE, answer.rule());
    assertFalse(answer.body().has("answers"));
    assertFalse(answer.body().has("signedAnswer"));
    List<JsonNode> entries =
        log.entriesFrom(before).stream()
            .filter(entry -> entry.path("rule").asText().equals(RULE))
            .toList();
    assertEquals(2, entries.size(), entries::toString);
    assertEquals("peer_suspended", entries.getFirst().path("act").asText());
    assertEquals("LA", entries.getFirst().path("nation").asText());
    assertEquals("failure", entries.getLast().path("leg").asText());
    assertStopped();
    assertShown();
  }

  @Test
  void aReceiptOfMoreThanIsPublishedIsRefusedAndAForkOnceThatIsPublished() throws Exception {
    around.peerDouble().logs().forkTo(around.peerDouble().logs().size() + 5);
    around.peerDouble().lie(Lie.RECEIPT_OF_A_FORK);

    TestAgency.Answer answer = agency.ask(QUESTION);

    assertEquals(502, answer.status(), answer.response().body());
    assertEquals("exchange/answer/unproven", answer.rule());
    assertFalse(peers.suspended("LA"));
    around.peerDouble().lie(Lie.NONE);
    assertEquals("exchange/answer/unproven", agency.ask(QUESTION).rule());
    around.peerDouble().logs().outgrowFork(3);
    await(() -> peers.suspended("LA"));
    assertStopped();
    assertShown();
  }

  private void assertStopped() {
    around.peerDouble().reset();
    TestAgency.Answer next = agency.ask(QUESTION);
    assertEquals(403, next.status(), next.response().body());
    assertEquals("peer/suspended", next.rule());
    assertTrue(around.peerDouble().received().isEmpty());
    TestPeer peer = new TestPeer(around);
    assertEquals("exchange/suspended", peer.send(peer.request()).rule());
    assertTrue(around.registry().asked().isEmpty());
    assertTrue(metrics().contains("mekong_peer_forked{peer=\"LA\"} 1"));
  }

  private String metrics() {
    return agency
        .send(HttpRequest.newBuilder(around.gateway().resolve("/q/metrics")))
        .response()
        .body();
  }

  /** Administrators see both checkpoints, each with the log's own signature. */
  private void assertShown() throws Exception {
    var administrator = new TestAdministrator(around, "operations-1");
    JsonNode peer = administrator.get("/admin/v1/peers/LA").body();
    assertEquals("suspended", peer.path("state").asText(), peer::toString);
    JsonNode fork = administrator.get("/admin/v1/peers/LA/forks").body().at("/items/0");
    VerifierKey key = VerifierKey.parse(around.peerDouble().logKey());
    for (String which : List.of("known", "seen")) {
      String note = fork.path(which).asText();
      Note.parse(note.getBytes(StandardCharsets.UTF_8)).requireSignedBy(key);
    }
    assertEquals(key.name(), fork.path("origin").asText());
    assertFalse(fork.path("known").asText().equals(fork.path("seen").asText()));
  }

  @Test
  void whatCouldNotBeLookedUpAtOnceIsLookedUpLater() throws Exception {
    around.peerDouble().publish(false);
    around.peerDouble().lie(Lie.RECEIPT_OF_A_FORK);
    assertEquals(200, agency.ask(QUESTION).status());

    around.peerDouble().publish(true);

    await(() -> peers.suspended("LA"));
    assertStopped();
    assertShown();
  }

  @Test
  void whatTheWitnessIsShownOfAnotherPastStopsTheExchange() throws Exception {
    around.peerDouble().logs().forkTo(around.peerDouble().logs().size());
    Note fork = Note.parse(around.peerDouble().logs().forkedCheckpoint());

    HttpResponse<String> refused =
        send(new AddCheckpointRequest(around.peerDouble().logs().size(), List.of(), fork));

    assertEquals(409, refused.statusCode(), refused.body());
    await(() -> peers.suspended("LA"));
    assertShown();
  }

  @Test
  void anEarlierCheckpointOfTheSamePastIsNoFork() throws Exception {
    byte[] earlier = around.peerDouble().log().signedCheckpoint();
    assertEquals(200, agency.ask(QUESTION).status());
    cosign();

    send(new AddCheckpointRequest(0, List.of(), Note.parse(earlier)));

    for (int i = 0; i < 3; i++) {
      Thread.sleep(700);
      assertEquals(200, agency.ask(QUESTION).status());
    }
    assertFalse(peers.suspended("LA"));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertTrue(condition.getAsBoolean());
  }
}
