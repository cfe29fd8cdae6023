package org.mekong.log.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.log.verify.MemoryLog;

class VerifyCommandTest {
  private final MemoryLog log = new MemoryLog(300);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  @TempDir private Path folder;
  private String policy;

  @BeforeEach
  void writeFiles() throws IOException {
    for (Map.Entry<String, byte[]> file : log.files.entrySet()) {
      Path path = folder.resolve("log").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    policy =
        write(
            "policy",
            "log %s\nwitness LA %s\nquorum LA\n"
                .formatted(
                    log.policy.logs().getFirst().key(), log.policy.witnesses().getFirst().key()));
  }

  @Test
  void verifiesProofCheckpointAndFolder() throws IOException {
    assertRun(
        0,
        "valid     the receipt proves entry 41 of",
        "--policy",
        policy,
        write("p", log.proof(41)));
    String checkpoint = folder.resolve("log/checkpoint").toString();
    assertRun(0, "valid     a checkpoint of ", "--policy", policy, checkpoint);
    assertRun(0, "valid     the log of ", "--policy", policy, folder.resolve("log").toString());
    assertRun(
        0,
        "300 entries, cosigned by LA at 2026-11-21T09:30:00Z",
        "--policy",
        policy,
        "--remember",
        checkpoint,
        "--not-older-than",
        "PT10M",
        folder.resolve("log").toString());
  }

  @Test
  void remembersWhatItHasVerifiedAndHoldsTheLogToIt() throws IOException {
    String whole = folder.resolve("log").toString();
    String file = folder.resolve("remembered").toString();
    assertRun(0, "the root", "--policy", policy, "--remember", file, whole);
    assertArrayEquals(log.files.get("checkpoint"), Files.readAllBytes(Path.of(file)));
    assertRun(0, "continues what was remembered", "--policy", policy, "--remember", file, whole);

    Files.write(Path.of(file), new MemoryLog(301).files.get("checkpoint"));

    assertRun(1, "NOT VALID shrunk: ", "--policy", policy, "--remember", file, whole);
    Files.writeString(Path.of(file), "no checkpoint");
    assertRun(2, "cannot verify: ", "--policy", policy, "--remember", file, whole);
  }

  @Test
  void verifiesALogBehindAUrl() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/log/2026/",
        exchange -> {
          byte[] file = log.files.get(exchange.getRequestURI().getPath().substring(10));
          exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
          if (file != null) {
            exchange.getResponseBody().write(file);
          }
          exchange.close();
        });
    server.start();
    try {
      String url = "http://localhost:" + server.getAddress().getPort() + "/log/2026";
      assertRun(0, "valid     the log of ", "--policy", policy, url);
      assertRun(1, "NOT VALID checkpoint: ", "--policy", write("o", other()), url);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void verifiesAPrunedLogByWhatIsLeftOfItsTree() throws IOException {
    Files.delete(folder.resolve("log/tile/entries/000"));
    Files.delete(folder.resolve("log/tile/0/000"));
    String pruned = folder.resolve("log").toString();

    assertRun(1, "NOT VALID removed entry: ", "--policy", policy, pruned);
    assertRun(0, "valid     the log of ", "--policy", policy, "--pruned-below", "256", pruned);
  }

  @Test
  void saysTheFirstThingThatIsWrong() throws IOException {
    String changed = log.proof(41).replace("index 41", "index 42");
    assertRun(1, "NOT VALID the entry is not proved", "--policy", policy, write("c", changed));
    assertRun(
        1,
        "NOT VALID stale: ",
        "--policy",
        policy,
        "--not-older-than",
        "PT1M",
        folder.resolve("log").toString());
  }

  @Test
  void verifiesWhomAnEntryIsAboutByItsOpening() throws Exception {
    String person = "0190f3c4-5a10-7b21-8c43-5d6e7f809101";
    String request = "0193a5b2-7c11-7d33-9a55-000000000001";
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    Mac mac = Mac.getInstance("HmacSHA256"); // by the words of the guide
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String commitment =
        base64.encodeToString(mac.doFinal((person + request).getBytes(StandardCharsets.UTF_8)));
    MemoryLog of =
        new MemoryLog(
            "vn.mekong.example/registry/2026",
            List.of(
                "{\"request_id\":\"%s\",\"subject\":\"%s\"}"
                    .formatted(request, commitment)
                    .getBytes(StandardCharsets.UTF_8)));
    String keys =
        write(
            "own.policy",
            "log %s\nwitness LA %s\nquorum LA\n"
                .formatted(
                    of.policy.logs().getFirst().key(), of.policy.witnesses().getFirst().key()));
    String proof = of.proof(0).replace("\n", "\\n");
    String file =
        "{\"version\":1,\"proof\":\"%s\",\"opening\":{\"commitment\":\"%s\",\"key\":\"%s\",\"subject\":\"%s\"}}";
    String good = file.formatted(proof, commitment, base64.encodeToString(key), person);
    assertRun(0, "about     person " + person, "--policy", keys, write("d", good));
    assertRun(0, "about", "--policy", keys, "--subject", person, write("d", good));
    assertRun(
        1, "about another person", "--policy", keys, "--subject", "somebody", write("d", good));
    String other = good.replace(person, person.replace('3', '4'));
    assertRun(1, "does not open the commitment", "--policy", keys, write("d", other));
    key[0]++;
    String wrongKey = file.formatted(proof, commitment, base64.encodeToString(key), person);
    assertRun(1, "does not open the commitment", "--policy", keys, write("d", wrongKey));
    String moved =
        file.formatted(proof, base64.encodeToString(key), base64.encodeToString(key), person);
    assertRun(1, "not the one of the entry", "--policy", keys, write("d", moved));
    String forged = good.replace("index 0", "index 1");
    assertRun(1, "NOT VALID proof: ", "--policy", keys, write("d", forged));
    assertRun(1, "another version", "--policy", keys, write("d", good.replace(":1,", ":2,")));
    assertRun(1, "NOT VALID", "--policy", keys, write("d", "{\"opening\":1}"));
  }

  @Test
  void saysHowItIsUsed() throws IOException {
    assertRun(0, "Examples:", "--help");
    assertRun(0, "--remember FILE", "-h");
    assertRun(2, "usage: ");
    assertRun(2, "cannot verify: name one thing", "--policy", policy);
    assertRun(2, "cannot verify: name one thing", "--policy", policy, "a", "b");
    assertRun(2, "cannot verify: name the logs", "target");
    assertRun(2, "--policy needs a value", "target", "--policy");
    assertRun(2, "needs a duration", "--not-older-than", "4h", "target");
    assertRun(2, "needs an index", "--pruned-below", "-1", "target");
    assertRun(2, "usage: ", "--nonsense", "x", "target");
    assertRun(2, "cannot verify: ", "--policy", policy, folder.resolve("absent").toString());
    assertRun(2, "line 1", "--policy", write("bad", "nonsense\n"), policy);
  }

  @Test
  void saysWhichFileToVerifyInPlaceOfASavedAnswer() throws IOException {
    String id = "0193a5b2-7c11-7d33-9a55-000000000001";
    String answer =
        """
        {"requestId": "%s", "outcome": "answered", "signedRequest": "a.b.c",
         "signedAnswer": "d.e.f", "receipt": "c2sp.org/tlog-proof@v1", "trace": {}}""";

    String saved = write("answer.json", answer.formatted(id));
    assertRun(2, "cannot verify: this is an answer", "--policy", policy, saved);
    for (String named : List.of(id + ".tlog-proof", id + ".evidence.json", "/v1/evidence/" + id)) {
      assertRun(2, named, "--policy", policy, saved);
    }
    String odd = write("odd.json", answer.formatted("not an id"));
    assertRun(2, "<request>.evidence.json", "--policy", policy, odd);
    String bundle = write("bundle.json", answer.formatted(id).replace("trace", "legs"));
    assertRun(2, "evidence needs the gateways' keys", "--policy", policy, bundle);
  }

  private static String other() {
    return "log %s\nquorum none\n".formatted(new MemoryLog(1).policy.logs().getFirst().key());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private void assertRun(int code, String message, String... arguments) {
    output.reset();
    Clock clock = Clock.fixed(Instant.parse("2026-11-21T09:35:00Z"), ZoneOffset.UTC);
    PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    int actual =
        new VerifyCommand(out, clock, VerifyCommand.Defaults.none("verify"))
            .run(List.of(arguments));
    String said = output.toString(StandardCharsets.UTF_8);
    assertEquals(code, actual, said);
    assertTrue(said.contains(message), said);
  }
}
