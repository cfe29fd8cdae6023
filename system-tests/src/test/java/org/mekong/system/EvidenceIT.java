package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.client.Lookup;
import org.mekong.client.Question;

/**
 * The evidence on a lookup across the border, verified offline by an auditor who holds nothing but
 * the log library's jar, a policy and the gateways' keys.
 */
class EvidenceIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path LIBRARY = RunningPlatform.PROJECT.resolve("transparency-log/target");

  @TempDir Path folder;

  @Test
  void oneLookupIsProvedByOneFileAndEachPartOfItCounts() throws Exception {
    Question question =
        new Question(
            "LA",
            "marriage",
            RunningPlatform.shared().residentNumber(),
            List.of(new Question.Predicate("alive", Map.of())),
            List.of(),
            "officer-1");
    Lookup lookup = new Lookup(RunningPlatform.shared().registryOffice());
    String requestId =
        assertInstanceOf(Lookup.Outcome.Answered.class, lookup.ask(question)).answer().requestId();

    // Cosignatures follow within seconds; the auditor's policy demands them.
    Run verdict = new Run(2, "not fetched yet");
    JsonNode bundle = JSON.createObjectNode();
    for (int i = 0; i < 20 && verdict.code() != 0; i++) {
      bundle = JSON.readTree(lookup.evidence(question, requestId).orElseThrow());
      verdict = verify(bundle);
      Thread.sleep(500);
    }
    assertEquals(0, verdict.code(), verdict.output());
    assertTrue(verdict.output().contains("of VN to LA for marriage: answered"), verdict.output());
    assertTrue(verdict.output().contains("cosigned by LA"), verdict.output());
    assertTrue(verdict.output().contains("cosigned by VN"), verdict.output());
    CommandLine client = CommandLine.mekong("", "verify", write(bundle).toString());
    assertEquals(0, client.exitCode(), client::output);

    for (String part : List.of("signedRequest", "signedAnswer", "peerReceipt")) {
      ObjectNode changed = bundle.deepCopy();
      changed.put(part, changeAByte(bundle.path(part).asText()));
      assertNotValid(changed, part.replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT));
    }
    for (int leg = 0; leg < 2; leg++) {
      ObjectNode changed = bundle.deepCopy();
      ObjectNode proof = (ObjectNode) changed.path("legs").path(leg);
      proof.put("proof", changeAByte(proof.path("proof").asText()));
      assertNotValid(changed, proof.path("leg").asText() + " leg");
    }
    assertTrue(lookup.evidence(question, UUID.randomUUID().toString()).isEmpty());
  }

  private void assertNotValid(JsonNode bundle, String part) throws Exception {
    Run verdict = verify(bundle);
    assertEquals(1, verdict.code(), verdict.output());
    assertTrue(verdict.output().startsWith("NOT VALID " + part + ": "), verdict.output());
  }

  /** Changes what stands in the middle, for another sign of base64. */
  private static String changeAByte(String text) {
    StringBuilder changed = new StringBuilder(text);
    int middle = text.length() / 2;
    while (!Character.isLetterOrDigit(changed.charAt(middle))) {
      middle++;
    }
    changed.setCharAt(middle, changed.charAt(middle) == 'x' ? 'y' : 'x');
    return changed.toString();
  }

  private record Run(int code, String output) {}

  /** As an auditor does it: one jar, no network. */
  private Run verify(JsonNode bundle) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar().toString(),
                "verify",
                "--policy",
                RunningPlatform.DATA.resolve("auditor.policy").toString(),
                "--gateways",
                RunningPlatform.DATA.resolve("gateways.json").toString(),
                write(bundle).toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private Path write(JsonNode bundle) throws IOException {
    return Files.writeString(folder.resolve("evidence.json"), JSON.writeValueAsString(bundle));
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(LIBRARY)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("transparency-log-[^-]+(-SNAPSHOT)?[.]jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
