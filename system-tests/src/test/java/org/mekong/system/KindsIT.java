package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mekong.system.RegistryOffice.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.client.CheckedAnswer;
import org.mekong.client.Lookup;
import org.mekong.client.Question;

/** Who is somebody, across the border and at home, between real nations. */
class KindsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KNOWN =
      """
      {"names": {"family": "Phommachanh", "given": "Bouavone"}, "dateOfBirth": "1999-04-14",
       "sex": 2, "permanentResidence": "LA-SV"}""";

  @TempDir Path folder;

  @Test
  void whoIsMeantIsToldWithTheNumberAndTheEvidenceHolds() throws Exception {
    Question question =
        Question.match(
            "LA", "border-resident", JSON.readTree(KNOWN), List.of("personal_number"), "officer-1");

    CheckedAnswer answer = ask(question);

    JsonNode finding = answer.finding().orElseThrow();
    assertEquals("matched", finding.path("result").asText(), finding::toString);
    assertEquals(
        RunningPlatform.shared().residentNumber(),
        finding.at("/persons/0/person/personal_number").asText());
    assertEquals(1, finding.at("/persons/0/person").size());
    Path bundle = folder.resolve("evidence.json");
    Files.writeString(
        bundle,
        new Lookup(RunningPlatform.shared().registryOffice())
            .evidence(question, answer.requestId())
            .orElseThrow());
    CommandLine verified = CommandLine.mekong("", "verify", bundle.toString());
    assertEquals(0, verified.exitCode(), verified::output);
  }

  @Test
  void whoFitsIsFoundEachWithADisclosure() throws Exception {
    JsonNode known =
        JSON.readTree("{\"names\": {\"words\": \"bouavone\"}, \"dateOfBirth\": \"1999-04-14\"}");

    JsonNode finding =
        ask(Question.search(
                "LA", "border-resident", known, List.of("names", "personal_number"), "officer-1"))
            .finding()
            .orElseThrow();

    assertEquals("found", finding.path("result").asText(), finding::toString);
    assertEquals(
        RunningPlatform.shared().residentNumber(),
        finding.at("/persons/0/person/personal_number").asText());
    assertTrue(
        finding
            .at("/persons/0/disclosure/origin")
            .asText()
            .startsWith("la.mekong.example/registry/"));
  }

  @Test
  void theClientMatchesByWhatItReadsFromStandardInput() throws Exception {
    RunningPlatform.shared();

    CommandLine asked =
        CommandLine.mekong(
            KNOWN.replace("Bouavone", "Nobody"),
            "lookup",
            "--country",
            "LA",
            "--purpose",
            "border-resident",
            "--officer",
            "officer-1",
            "--match",
            "--json");

    assertEquals(0, asked.exitCode(), asked::output);
    JsonNode finding = JSON.readTree(asked.output()).at("/answer/finding");
    assertTrue(
        List.of("no_match", "needs_more").contains(finding.path("result").asText()), asked::output);
    assertTrue(finding.path("persons").isMissingNode(), asked::output);
  }

  @Test
  void theOwnRegisterAnswersByTheSameDoor() throws Exception {
    CheckedAnswer answer =
        ask(
            new Question(
                "VN",
                "civil-status",
                "000000000000",
                List.of(new Question.Predicate("alive", Map.of())),
                List.of(),
                "officer-1"));

    assertEquals("unknown", answer.answers().getFirst().answer());
    assertTrue(answer.logEntry().origin().startsWith("vn.mekong.example/gateway/"));
  }
}
