package org.mekong.registry.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.Cosigner;
import org.mekong.log.witness.LogKeeper.Standing;
import org.mekong.log.year.YearlyLog;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Requester;
import org.mekong.registry.testing.RegistryNode;

/**
 * A register whose witness is out of reach since the start: domestic work runs, answers abroad
 * wait.
 */
@QuarkusTest
@TestProfile(BorderIT.WitnessOutOfReach.class)
class BorderIT {

  /** A policy whose witness listens nowhere. */
  public static final class WitnessOutOfReach implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      try {
        Path policy =
            Files.createTempFile(Path.of("target").toAbsolutePath(), "out-of-reach", ".policy");
        Files.writeString(
            policy,
            "witness LA %s https://localhost:1/witness/LA\nquorum LA\n"
                .formatted(Cosigner.generate("la.mekong.example/witness").verifierKey()));
        return List.of(
            new TestResourceEntry(RegistryNode.class, Map.of("witnesses", policy.toString())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Inject DisclosureDesk desk;
  @Inject YearlyLog log;

  @Test
  void domesticWorkRunsAndAnswersAbroadWaitForTheWitness() {
    assertInstanceOf(Standing.Waiting.class, log.standing());
    assertFalse(log.standing().mayServeAbroad());

    assertEquals("read", give("VN"));

    HttpProblem refused = assertThrows(HttpProblem.class, () -> give("LA"));
    assertEquals(503, refused.getStatusCode());
    assertEquals("log/uncosigned", refused.getParameters().get("rule"));
  }

  private String give(String country) {
    Enquiry enquiry =
        new Enquiry(
            Kind.READ,
            "marriage",
            new Requester(UUID.randomUUID().toString(), country, "agency", null, null, null),
            List.of("names"));
    return desk.give(
            enquiry, transaction -> new Finding<>("read", false, List.of(UUID.randomUUID())))
        .answer();
  }
}
