package org.mekong.log.witness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.LogException;
import org.mekong.log.LogSettings;
import org.mekong.log.LogTables;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.verify.Policy;

/** The keeper between a log and a real witness behind HTTP, which can be out of reach. */
class LogKeeperTest {
  private static final String ORIGIN = "vn.mekong.example/identity/2026";
  private static final Duration LIMIT = Duration.ofHours(4);

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
  private DataSource database;
  private WitnessState peer;
  private HttpServer server;
  private volatile boolean reachable = true;
  private TransparencyLog log;

  @BeforeEach
  void start() throws IOException {
    database = LogTables.createIn("keeper");
    peer =
        new WitnessState(
            LogTables.createIn("keeper_peer"),
            cosigner,
            List.of(signer.verifierKey()),
            Clock.systemUTC());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add-checkpoint", this::answer);
    server.start();
    log = open(database);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (!reachable) {
        exchange.sendResponseHeaders(502, -1);
        return;
      }
      AddCheckpointAnswer answer = peer.addCheckpoint(request);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private TransparencyLog open(DataSource ofDatabase) {
    return TransparencyLog.open(ofDatabase, new LogSettings(ORIGIN, signer, Clock.systemUTC()));
  }

  private LogKeeper keeper(TransparencyLog kept, Clock clock) {
    URI url = URI.create("http://localhost:" + server.getAddress().getPort());
    Policy policy =
        new Policy(
            List.of(),
            List.of(new Policy.Witness("LA", cosigner.verifierKey(), Optional.of(url))),
            new Policy.Quorum.One("LA"));
    return new LogKeeper(
        kept, new Watch(policy, HttpClient.newHttpClient(), LIMIT), clock, standing -> {});
  }

  @Test
  void servingAbroadWaitsUntilAWitnessHasAnsweredAndDomesticWorkDoesNot() throws Exception {
    reachable = false;
    try (LogKeeper keeper = keeper(log, Clock.systemUTC())) {
      keeper.start();
      log.append(entry("1"));
      assertInstanceOf(LogKeeper.Standing.Waiting.class, keeper.standing());
      assertFalse(keeper.standing().mayServeAbroad());

      reachable = true;
      await(() -> keeper.standing() instanceof LogKeeper.Standing.Fresh);

      assertTrue(keeper.standing().mayServeAbroad());
      await(() -> log.freshness().cosignedSize() == 1);
    }
  }

  @Test
  void eachNewEntryIsCosignedWithinAboutASecond() throws Exception {
    try (LogKeeper keeper = keeper(log, Clock.systemUTC())) {
      keeper.start();
      for (int i = 1; i <= 3; i++) {
        log.append(entry("entry " + i));
        int size = i;
        await(() -> log.freshness().cosignedSize() == size);
      }
    }
  }

  @Test
  void aLogThatStaysUncosignedForLongerThanAgreedIsStale() throws Exception {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    Clock moving =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead.get());
          }
        };
    try (LogKeeper keeper = keeper(log, moving)) {
      log.append(entry("1"));
      keeper.start();
      await(() -> keeper.standing() instanceof LogKeeper.Standing.Fresh);
      reachable = false;

      ahead.set(LIMIT.plusSeconds(1));

      assertInstanceOf(LogKeeper.Standing.Stale.class, keeper.standing());
      assertFalse(keeper.standing().mayServeAbroad());
    }
  }

  @Test
  void anOldBackupIsFoundAtStartAndSignsNoSecondHistory() throws Exception {
    try (LogKeeper keeper = keeper(log, Clock.systemUTC())) {
      log.append(entry("1"));
      log.append(entry("2"));
      keeper.start();
      await(() -> log.freshness().cosignedSize() == 2);
    }
    TransparencyLog restored = open(LogTables.createIn("keeper_backup"));
    try (LogKeeper keeper = keeper(restored, Clock.systemUTC())) {
      keeper.start();
      await(() -> keeper.standing() instanceof LogKeeper.Standing.Refused);

      LogKeeper.Standing.Refused refused = (LogKeeper.Standing.Refused) keeper.standing();
      assertTrue(refused.reason().startsWith("rolled back"), refused.reason());
      assertFalse(refused.mayServeAbroad());
      assertThrows(LogException.class, () -> restored.append(entry("another past")));
    }
  }

  @Test
  void aWitnessThatAnotherReplicaBroughtFurtherIsNoRollback() throws Exception {
    TransparencyLog replica = open(database);
    log.append(entry("1"));
    Witness raced =
        request -> {
          try {
            if (log.freshness().size() == 1) {
              replica.append(entry("2"));
              new CosignatureCollector(
                      replica,
                      List.of(
                          new NamedWitness(
                              "LA", cosigner.verifierKey(), other -> peerAnswer(other))),
                      new Policy.Quorum.One("LA"))
                  .collect();
            }
            return peerAnswer(request);
          } catch (LogException e) {
            throw new IOException(e);
          }
        };
    CosignatureCollector collector =
        new CosignatureCollector(
            log,
            List.of(new NamedWitness("LA", cosigner.verifierKey(), raced)),
            new Policy.Quorum.One("LA"));

    RollbackGuard.Verdict verdict = RollbackGuard.check(log, collector);

    assertInstanceOf(RollbackGuard.Verdict.Unconfirmed.class, verdict, verdict::toString);
    log.append(entry("3"));
    assertInstanceOf(RollbackGuard.Verdict.Confirmed.class, RollbackGuard.check(log, collector));
  }

  @Test
  void aLogWithoutWitnessesSaysSo() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Watch nobody = Watch.of("log.policy-file", Optional.empty(), client, LIMIT);
    try (LogKeeper keeper = new LogKeeper(log, nobody, Clock.systemUTC(), standing -> {})) {
      keeper.start();

      assertInstanceOf(LogKeeper.Standing.Unwitnessed.class, keeper.standing());
    }
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () ->
                Watch.of("log.policy-file", Optional.of(Path.of("absent.policy")), client, LIMIT));
    assertTrue(refused.getMessage().startsWith("log.policy-file: "), refused.getMessage());
  }

  private AddCheckpointAnswer peerAnswer(AddCheckpointRequest request) throws IOException {
    try {
      return peer.addCheckpoint(request.bytes());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static byte[] entry(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertTrue(condition.getAsBoolean());
  }
}
