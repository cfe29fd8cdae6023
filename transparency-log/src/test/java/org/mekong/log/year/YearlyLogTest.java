package org.mekong.log.year;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.log.LogTables;
import org.mekong.log.PendingEntry;
import org.mekong.log.Receipt;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.witness.AddCheckpointAnswer;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.witness.Watch;
import org.mekong.log.witness.WitnessState;

/** The year turns under a running service, with a real witness behind HTTP. */
class YearlyLogTest {
  private static final String PREFIX = "vn.mekong.example/registry/";
  private static final String EVE = "2026-12-31T23:30:00Z";

  @TempDir Path folder;
  private final Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
  private final MovedClock clock = new MovedClock(EVE);
  private DataSource database;
  private WitnessState peer;
  private HttpServer server;
  private volatile boolean reachable = true;

  @BeforeEach
  void start() throws Exception {
    database = LogTables.createIn("yearly");
    List<VerifierKey> known = new ArrayList<>();
    for (int year = 2026; year <= 2028; year++) {
      NoteSigner signer = NoteSigner.generate(PREFIX + year);
      Files.writeString(keyFile(year), signer.encoded() + "\n");
      known.add(signer.verifierKey());
    }
    peer = new WitnessState(LogTables.createIn("yearly_peer"), cosigner, known, clock);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add-checkpoint", this::answer);
    server.start();
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

  private Path keyFile(int year) {
    return folder.resolve("log-" + year + ".key");
  }

  private Watch witnessed() {
    URI url = URI.create("http://localhost:" + server.getAddress().getPort());
    return new Watch(
        new Policy(
            List.of(),
            List.of(new Policy.Witness("LA", cosigner.verifierKey(), Optional.of(url))),
            new Policy.Quorum.One("LA")),
        HttpClient.newHttpClient(),
        Duration.ofHours(4));
  }

  private static Watch unwitnessed() {
    return new Watch(Policy.ofLogs(), HttpClient.newHttpClient(), Duration.ofHours(4));
  }

  private LogKeys keys(boolean generate) {
    return new LogKeys(
        PREFIX, new KeyFile("log.key-file", folder.resolve("log-{year}.key"), generate));
  }

  private YearlyLog open(Watch watch, Clock clock) {
    return YearlyLog.open(database, keys(false), watch, clock);
  }

  /** As a service appends: in a transaction of its own, then waiting. */
  private Receipt append(YearlyLog log, String text) throws SQLException {
    PendingEntry pending;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      pending = log.append(connection, text.getBytes(StandardCharsets.UTF_8));
      connection.commit();
      connection.setAutoCommit(true);
    }
    return log.await(pending);
  }

  @Test
  void theYearTurnsUnderConcurrentAppendersOfTwoReplicasAndNothingIsLostOrTwice() throws Exception {
    MovedClock late = new MovedClock("2026-12-31T23:30:00Z");
    ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (YearlyLog log = open(unwitnessed(), clock);
        YearlyLog replica = open(unwitnessed(), late);
        ExecutorService appenders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        YearlyLog ours = thread % 2 == 0 ? log : replica;
        running.add(
            appenders.submit(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    String text = "entry " + number + "/" + i;
                    Receipt receipt = append(ours, text);
                    assertEquals(text, new String(receipt.entry(), StandardCharsets.UTF_8));
                    acknowledged.add(text);
                    if (number == 0 && i == 100) {
                      clock.set("2027-01-01T00:00:00Z");
                    } else if (number == 0 && i == 200) {
                      clock.set("2027-01-01T00:02:00Z"); // the late replica still lives in 2026
                      await(() -> log.ofYear(2026).orElseThrow().isSealed());
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      append(replica, "of the late replica");
      acknowledged.add("of the late replica");

      TransparencyLog finished = log.ofYear(2026).orElseThrow();
      TransparencyLog begun = log.ofYear(2027).orElseThrow();
      assertTrue(finished.isSealed());
      assertEquals(begun.origin(), replica.current().origin());
      List<String> all = new ArrayList<>(entries(finished));
      int before = all.size();
      all.addAll(entries(begun));
      assertTrue(before > 0 && before < all.size(), "all in one year: " + before);
      assertEquals(8 * 300 + 1, all.size());
      assertEquals(new HashSet<>(acknowledged), new HashSet<>(all));
      for (TransparencyLog each : List.of(finished, begun)) {
        Policy policy = Policy.ofLogs(each.verifierKey());
        LogVerifier.verify(
            path -> each.read(path).map(resource -> resource.bytes()), LogExpectation.of(policy));
      }
    }
  }

  private static List<String> entries(TransparencyLog log) {
    List<String> entries = new ArrayList<>();
    for (long i = 0; i < log.freshness().size(); i++) {
      entries.add(new String(log.entry(i).orElseThrow(), StandardCharsets.UTF_8));
    }
    return entries;
  }

  @Test
  void sealingWaitsForTheTransactionThatHasAppendedBeforeTheTurn() throws Exception {
    try (YearlyLog log = open(unwitnessed(), clock);
        Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      PendingEntry slow = log.append(connection, new byte[] {1});
      clock.set("2027-01-01T00:30:00Z");
      assertEquals(PREFIX + 2027, append(log, "of the new year").origin());
      Thread.sleep(2_500); // two rounds
      assertFalse(log.ofYear(2026).orElseThrow().isSealed());

      connection.commit();
      connection.setAutoCommit(true);

      assertEquals(PREFIX + 2026, log.await(slow).origin());
      await(() -> log.ofYear(2026).orElseThrow().isSealed());
      assertEquals(1, log.ofYear(2026).orElseThrow().freshness().size());
    }
  }

  @Test
  void theNextLogIsKnownToItsWitnessesBeforeItIsNeededAndServingAbroadGoesOn() throws Exception {
    clock.set("2026-12-31T23:30:00Z");
    try (YearlyLog log = open(witnessed(), clock)) {
      append(log, "of the old year");
      await(() -> log.standing().mayServeAbroad());
      await(() -> log.ofYear(2027).isPresent());
      await(() -> cosigned(log, 2027).isPresent());

      clock.set("2027-01-01T00:00:00Z");

      assertEquals(PREFIX + 2027, log.current().origin());
      assertInstanceOf(Standing.Fresh.class, log.standing());
    }
  }

  private static Optional<java.time.Instant> cosigned(YearlyLog log, int year) {
    return log.ofYear(year).orElseThrow().freshness().cosignedAt();
  }

  @Test
  void aFinishedLogIsWatchedUntilItsLastCheckpointIsCosignedAcrossARestart() throws Exception {
    try (YearlyLog log = open(witnessed(), clock)) {
      append(log, "of the old year");
      await(() -> log.ofYear(2026).orElseThrow().freshness().cosignedSize() == 1);
      reachable = false;
      append(log, "seen by no witness yet");
      clock.set("2027-01-01T00:02:00Z");
      await(() -> log.ofYear(2026).orElseThrow().isSealed());
    }
    reachable = true;
    Files.delete(keyFile(2026)); // not needed any more
    try (YearlyLog log = open(witnessed(), clock)) {
      assertEquals(PREFIX + 2027, log.current().origin());
      await(() -> log.ofYear(2026).orElseThrow().freshness().cosignedSize() == 2);
      await(() -> of(log, 2026).standing().isEmpty());
      assertTrue(of(log, 2026).isSealed());
      assertTrue(of(log, 2027).isCurrent());
      assertEquals(Optional.of("cosigned"), of(log, 2027).witnesses().getFirst().last());
      assertTrue(log.ofYear(2026).orElseThrow().read("tile/entries/000.p/2").isPresent());
      assertTrue(log.verifierKey(2026).isPresent());
      assertTrue(log.ofYear(1999).isEmpty());
    }
  }

  private static LogStatus of(YearlyLog log, int year) {
    return log.status().stream()
        .filter(status -> status.origin().equals(PREFIX + year))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutAKeyOfTheNewYearEntriesGoOnIntoTheOldLogUntilThereIsOne() throws Exception {
    clock.set("2026-12-15T00:00:00Z");
    Path moved = folder.resolve("kept-back");
    Files.move(keyFile(2027), moved);
    try (YearlyLog log = open(unwitnessed(), clock)) {
      assertTrue(log.notice().orElseThrow().startsWith("log.key-file: "), "said in time");
      clock.set("2027-01-01T00:05:00Z");

      assertEquals(PREFIX + 2026, append(log, "late, but logged").origin());
      Thread.sleep(1_500);
      assertFalse(log.ofYear(2026).orElseThrow().isSealed());
      assertTrue(log.notice().orElseThrow().contains(PREFIX + 2027));

      Files.move(moved, keyFile(2027));
      await(() -> log.current().origin().equals(PREFIX + 2027));
      await(() -> log.ofYear(2026).orElseThrow().isSealed());
      assertTrue(log.notice().isEmpty());
    }
  }

  @Test
  void theNextYearsKeyIsMadeAMonthAheadWhereThatIsAllowedAndCanBeGivenToPeers() throws Exception {
    Files.delete(keyFile(2027));
    try (YearlyLog log =
        YearlyLog.open(
            database, keys(true), unwitnessed(), new MovedClock("2026-12-15T00:00:00Z"))) {
      await(() -> Files.exists(keyFile(2027)));
      assertEquals(PREFIX + 2027, log.verifierKey(2027).orElseThrow().name());
      assertTrue(log.verifierKey(2028).isEmpty());
      assertTrue(log.notice().isEmpty());
    }
  }

  @Test
  void anEarlierLogThatAWitnessContradictsIsNotSealedAndTellsTheWholeService() throws Exception {
    try (YearlyLog log = open(witnessed(), clock)) {
      append(log, "1");
      append(log, "2");
      await(() -> log.ofYear(2026).orElseThrow().freshness().cosignedSize() == 2);
    }
    database = LogTables.createIn("yearly_backup");
    try (YearlyLog log = open(witnessed(), clock)) {
      await(() -> log.standing() instanceof Standing.Refused);
      clock.set("2027-01-01T00:05:00Z");
      assertEquals(PREFIX + 2027, log.current().origin());
      Thread.sleep(1_500);

      assertFalse(log.ofYear(2026).orElseThrow().isSealed());
      assertInstanceOf(Standing.Refused.class, log.standing());
    }
  }

  @Test
  void whereNoKeyFitsTheStartIsRefusedNamingTheProperty() throws Exception {
    clock.set("2029-05-01T00:00:00Z");
    IllegalStateException absent =
        assertThrows(IllegalStateException.class, () -> open(unwitnessed(), clock));
    assertTrue(absent.getMessage().startsWith("log.key-file: "), absent.getMessage());

    for (String wrong : List.of("no key", NoteSigner.generate(PREFIX + 2026).encoded(), "")) {
      Files.writeString(keyFile(2029), wrong + "\n");
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> open(unwitnessed(), clock));
      assertTrue(refused.getMessage().startsWith("log.key-file: "), refused.getMessage());
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertTrue(condition.getAsBoolean());
  }
}
