package org.mekong.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mekong.client.Profile;
import org.mekong.log.command.TrustedTls;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.Policy;
import org.mekong.system.fault.Ledger;
import org.mekong.system.fault.OnceChecker;
import org.mekong.system.fault.Promise;

/** The logs of both nations as anybody reads them, and whether they keep what was promised. */
final class BothLogs {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final HttpClient http;

  private BothLogs(HttpClient http) {
    this.http = http;
  }

  static BothLogs of(Profile.Loaded office) throws Exception {
    return new BothLogs(
        HttpClient.newBuilder()
            .sslContext(TrustedTls.trusting(office.file(office.profile().caFile())))
            .connectTimeout(Duration.ofSeconds(2))
            .build());
  }

  /**
   * What is wrong in the logs, which are verified whole, for questions of VN to LA. They are
   * published up to what is cosigned, which follows within seconds: so it waits for the promises.
   */
  List<String> faults(List<Promise> promises) throws Exception {
    List<String> faults = List.of();
    for (int i = 0; i < 20; i++) {
      faults = faultsNow(promises);
      if (faults.isEmpty()) {
        break;
      }
      Thread.sleep(1_000);
    }
    return faults;
  }

  /** What is wrong in what is published now. */
  List<String> faultsNow(List<Promise> promises) throws Exception {
    return OnceChecker.check(
        promises, read("VN", "gateway"), read("LA", "gateway"), read("LA", "registry"));
  }

  /** The entries of one request in one log, once there are as many; fewer after some seconds. */
  List<JsonNode> awaitEntries(String nation, String feature, String requestId, int count)
      throws Exception {
    List<JsonNode> found = List.of();
    for (int i = 0; i < 40 && found.size() < count; i++) {
      Thread.sleep(i == 0 ? 0 : 500);
      found =
          read(nation, feature).entries().stream()
              .filter(entry -> entry.path("request_id").asText().equals(requestId))
              .toList();
    }
    return found;
  }

  private Ledger read(String nation, String feature) throws Exception {
    List<VerifierKey> keys = new ArrayList<>();
    for (String line : Files.readAllLines(RunningPlatform.DATA.resolve(nation + "/log-keys.txt"))) {
      if (!line.isBlank()) {
        keys.add(VerifierKey.parse(line));
      }
    }
    URI log = url(nation, feature).resolve("/log/" + Year.now(ZoneOffset.UTC));
    return Ledger.read(http, log, Policy.ofLogs(keys.toArray(VerifierKey[]::new)))
        .between("VN", "LA");
  }

  private static URI url(String nation, String feature) {
    int port =
        RunningPlatform.BASE_PORT
            + (nation.equals("LA") ? 100 : 0)
            + switch (feature) {
              case "identity" -> 11;
              case "registry" -> 12;
              default -> 13;
            };
    return URI.create("https://localhost:" + port);
  }

  /** Waits until every service is ready, and what answers abroad has its witnesses again. */
  void awaitAll() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (String nation : List.of("VN", "LA")) {
      for (String feature : List.of("identity", "registry", "gateway")) {
        while (!isReady(nation, feature)) {
          if (System.nanoTime() > deadline) {
            throw new IllegalStateException(nation + " " + feature + " did not come back");
          }
          Thread.sleep(100);
        }
      }
    }
  }

  private boolean isReady(String nation, String feature) throws InterruptedException {
    try {
      HttpResponse<String> health =
          http.send(
              HttpRequest.newBuilder(url(nation, feature).resolve("/q/health/ready"))
                  .timeout(Duration.ofSeconds(2))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return health.statusCode() == 200
          && (Set.of("identity").contains(feature)
              || health.body().contains("\"servesAbroad\": true"));
    } catch (java.io.IOException notYet) {
      return false;
    }
  }
}
