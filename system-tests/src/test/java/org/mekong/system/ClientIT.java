package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.system.RegistryOffice.ask;
import static org.mekong.system.RegistryOffice.marriage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mekong.client.AnswerCheck;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Question;

/** The client of an agency, and what it believes. */
class ClientIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theClientReadsTheNumberFromStandardInputAndPrintsJson() throws Exception {
    CommandLine asked =
        CommandLine.mekong(
            RunningPlatform.shared().residentNumber(),
            "lookup",
            "--country",
            "LA",
            "--purpose",
            "marriage",
            "--officer",
            "officer-1",
            "--ask",
            "alive",
            "--json");

    assertEquals(0, asked.exitCode(), asked::output);
    assertTrue(JSON.readTree(asked.output()).path("verified").asBoolean());
  }

  @Test
  void theClientVerifiesAReceiptOfflineAndRefusesItWithOneByteChanged() throws Exception {
    CheckedAnswer answer = ask(marriage(RunningPlatform.shared().residentNumber()));
    Path receipt = folder.resolve("receipt.tlog-proof");
    Files.writeString(receipt, answer.receipt());
    Path policy = RunningPlatform.DATA.resolve("VN/clients/policy.txt");
    CommandLine holds =
        CommandLine.mekong("", "verify", receipt.toString(), "--policy", policy.toString());
    assertEquals(0, holds.exitCode(), holds::output);

    byte[] bytes = Files.readAllBytes(receipt);
    bytes[bytes.length / 2] ^= 1;
    Files.write(receipt, bytes);

    CommandLine broken =
        CommandLine.mekong("", "verify", receipt.toString(), "--policy", policy.toString());
    assertEquals(1, broken.exitCode(), broken::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"signedRequest", "signedAnswer", "receipt"})
  void aTamperedAnswerIsNotBelieved(String member) throws Exception {
    Question question = marriage(RunningPlatform.shared().residentNumber());
    CheckedAnswer answer = ask(question);
    AnswerCheck check = AnswerCheck.of(RunningPlatform.shared().registryOffice());
    check.check(question, answer.envelope());
    String genuine = answer.envelope().path(member).asText();
    int middle = genuine.length() / 2;
    char other = genuine.charAt(middle) == 'A' ? 'B' : 'A';
    ObjectNode tampered = answer.envelope().deepCopy();
    tampered.put(member, genuine.substring(0, middle) + other + genuine.substring(middle + 1));

    assertThrows(AnswerInvalidException.class, () -> check.check(question, tampered));
  }

  @Test
  void statusShowsSixReadyServicesAndTheLengthOfTheirLogs() throws Exception {
    RunningPlatform.shared();
    // The length shown is that of the newest cosigned checkpoint, which follows within seconds.
    List<String> silent = List.of("not asked yet");
    for (int i = 0; i < 20 && !silent.isEmpty(); i++) {
      CommandLine status = CommandLine.mekong("", "status", "--json");
      assertEquals(0, status.exitCode(), status::output);
      JsonNode all = JSON.readTree(status.output());
      assertEquals(6, all.size(), status::output);
      silent = new ArrayList<>();
      for (JsonNode each : all) {
        assertTrue(each.path("ready").asBoolean(), each::toString);
        if (each.path("logSize").asLong() == 0) {
          silent.add(each.path("name").asText());
        }
      }
    }
    // Nobody has asked about anybody in Viet Nam, but its register has told of a key of its own.
    assertEquals(List.of(), silent);
  }
}
