package org.mekong.log.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.Freshness;
import org.mekong.log.LogException;
import org.mekong.log.LogSettings;
import org.mekong.log.LogTables;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.PolicyFile;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/** Our log, the peer's witness and what stands between them. */
class CosigningTest {
  private static final String ORIGIN = "vn.mekong.example/registry/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
  private final Policy policy =
      new Policy(
          List.of(new Policy.Log(signer.verifierKey(), Optional.empty())),
          List.of(new Policy.Witness("LA", cosigner.verifierKey(), Optional.empty())),
          new Policy.Quorum.One("LA"));
  private DataSource database;
  private WitnessState peer;
  private TransparencyLog log;

  @BeforeEach
  void createTables() {
    database = LogTables.createIn("cosigning");
    peer =
        new WitnessState(
            LogTables.createIn("cosigning_peer"),
            cosigner,
            List.of(signer.verifierKey()),
            Clock.systemUTC());
    log = open();
  }

  private TransparencyLog open() {
    return TransparencyLog.open(database, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
  }

  private CosignatureCollector collector(Witness witness) {
    return new CosignatureCollector(
        log,
        List.of(new NamedWitness("LA", cosigner.verifierKey(), witness)),
        new Policy.Quorum.One("LA"));
  }

  private AddCheckpointAnswer ask(AddCheckpointRequest request) throws IOException {
    try {
      return peer.addCheckpoint(request.bytes());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Test
  void givesTheSameReceiptAgainUnderACosignedCheckpoint() throws Exception {
    appendUpTo(300);
    String bare = log.receipt(7).proof();
    assertThrows(ProofException.class, () -> ProofVerifier.verify(bare, policy));

    assertInstanceOf(Submission.Cosigned.class, collector(this::ask).collect().getFirst());

    VerifiedEntry verified = ProofVerifier.verify(log.receipt(7).proof(), policy);
    assertEquals(List.of("LA"), verified.cosigners());
    assertEquals(300, verified.treeSize());
  }

  @Test
  void showsTheNewestCosignedCheckpointAndItsAge() {
    Instant before = Instant.now().minusSeconds(1);
    assertFalse(log.freshness().isWithin(Duration.ofDays(1), Instant.now()));
    appendUpTo(3);
    CosignatureCollector collector = collector(this::ask);
    collector.collect();
    appendUpTo(5);

    Freshness freshness = log.freshness();
    assertEquals(5, freshness.size());
    assertEquals(3, freshness.cosignedSize());
    assertTrue(freshness.cosignedAt().orElseThrow().isAfter(before));
    assertTrue(freshness.isWithin(Duration.ofMinutes(1), Instant.now()));
    assertFalse(freshness.isWithin(Duration.ofMinutes(1), Instant.now().plus(Duration.ofHours(1))));
    assertTrue(new String(log.checkpoint(), StandardCharsets.UTF_8).contains("\n3\n"));
    assertTrue(new String(log.signedCheckpoint(), StandardCharsets.UTF_8).contains("\n5\n"));

    collector.collect();
    assertEquals(5, log.freshness().cosignedSize());
  }

  @Test
  void learnsTheSizeFromTheWitnessAfterARestart() {
    appendUpTo(3);
    collector(this::ask).collect();
    appendUpTo(9);

    assertInstanceOf(Submission.Cosigned.class, collector(this::ask).collect().getFirst());
  }

  @Test
  void asksAWitnessBehindHttp() throws Exception {
    appendUpTo(4);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/la/add-checkpoint",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          AddCheckpointAnswer answer;
          try {
            answer = peer.addCheckpoint(body);
          } catch (SQLException e) {
            throw new IOException(e);
          }
          exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI prefix = URI.create("http://localhost:" + server.getAddress().getPort() + "/la");
      Witness witness = new HttpWitness(client, prefix, Duration.ofSeconds(5));

      assertInstanceOf(Submission.Cosigned.class, collector(witness).collect().getFirst());
      appendUpTo(9);
      assertInstanceOf(Submission.Cosigned.class, collector(witness).collect().getFirst());
      assertEquals(9, log.freshness().cosignedSize());
      appendUpTo(10);
      Policy withUrl =
          PolicyFile.parse(
              "witness LA %s %s\nquorum LA\n"
                  .formatted(cosigner.verifierKey(), prefix)
                  .getBytes(StandardCharsets.UTF_8));
      CosignatureCollector.of(log, withUrl, client, Duration.ofSeconds(5)).collect();
      assertEquals(10, log.freshness().cosignedSize());
    } finally {
      server.stop(0);
    }
    Witness gone =
        new HttpWitness(
            HttpClient.newHttpClient(), URI.create("http://localhost:1"), Duration.ofSeconds(1));
    assertInstanceOf(Submission.Unreachable.class, collector(gone).collect().getFirst());
  }

  @Test
  void keepsNothingWhenTheCosignatureIsByAnotherKey() {
    appendUpTo(2);
    Cosigner stranger = Cosigner.generate(cosigner.name());
    Witness lying =
        request ->
            new AddCheckpointAnswer.Cosigned(
                List.of(stranger.cosign(request.checkpoint().text(), Instant.now())));

    assertInstanceOf(Submission.Refused.class, collector(lying).collect().getFirst());
    assertEquals(Optional.empty(), log.freshness().cosignedAt());
  }

  @Test
  void asksForTheQuorumBeforeItKeepsACheckpoint() {
    appendUpTo(2);
    Policy.Quorum both =
        new Policy.Quorum.Group(
            2, List.of(new Policy.Quorum.One("LA"), new Policy.Quorum.One("third")));
    NamedWitness la = new NamedWitness("LA", cosigner.verifierKey(), this::ask);
    NamedWitness third =
        new NamedWitness(
            "third",
            Cosigner.generate("third").verifierKey(),
            request -> {
              throw new IOException("not today");
            });
    new CosignatureCollector(log, List.of(la, third), both).collect();

    assertEquals(Optional.empty(), log.freshness().cosignedAt());
    assertFalse(both.isMetBy(Set.of("LA")));
  }

  @Test
  void guardConfirmsALogThatContinuesWhatTheWitnessHasSeen() {
    appendUpTo(5);
    assertInstanceOf(
        RollbackGuard.Verdict.Confirmed.class, RollbackGuard.check(log, collector(this::ask)));
    appendUpTo(6);
    assertInstanceOf(
        RollbackGuard.Verdict.Confirmed.class, RollbackGuard.check(log, collector(this::ask)));
  }

  @Test
  void guardLetsDomesticWorkRunWhileNoWitnessIsInReach() {
    appendUpTo(5);
    Witness silent =
        request -> {
          throw new IOException("no route");
        };
    assertInstanceOf(
        RollbackGuard.Verdict.Unconfirmed.class, RollbackGuard.check(log, collector(silent)));
    appendUpTo(6);
    Witness confused = request -> AddCheckpointAnswer.Refused.unknownOrigin();
    assertInstanceOf(
        RollbackGuard.Verdict.Unconfirmed.class, RollbackGuard.check(log, collector(confused)));
    Witness wavering = request -> new AddCheckpointAnswer.Conflict(request.oldSize() + 1);
    assertInstanceOf(
        RollbackGuard.Verdict.Unconfirmed.class, RollbackGuard.check(log, collector(wavering)));
  }

  @Test
  void guardRefusesALogThatIsSmallerThanWhatTheWitnessHasCosigned() {
    Witness ahead = request -> new AddCheckpointAnswer.Conflict(500);
    appendUpTo(5);

    RollbackGuard.Verdict verdict = RollbackGuard.check(log, collector(ahead));

    String reason = assertInstanceOf(RollbackGuard.Verdict.Refused.class, verdict).reason();
    assertTrue(reason.startsWith("rolled back: witness LA has cosigned 500 entries"), reason);
    LogException refused = assertThrows(LogException.class, () -> log.append(new byte[1]));
    assertTrue(refused.getMessage().startsWith("rolled back"), refused.getMessage());
    assertEquals(5, log.freshness().size());
  }

  private void appendUpTo(int size) {
    for (long i = log.freshness().size(); i < size; i++) {
      log.append(("entry " + i).getBytes(StandardCharsets.UTF_8));
    }
  }
}
