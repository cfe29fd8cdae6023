package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/**
 * The disk of PostgreSQL fills up. What cannot be recorded is not given; what was given before
 * stands in the log, and when there is room again everything goes on. Needs a file system of a size
 * of its own, which only root may make: skipped elsewhere.
 */
class FullDiskIT {
  private static final String SIZE = "320m";
  private static final int ENOUGH = 2_000;
  private static final String PERSON =
      """
      {"names":[{"family":"Trần","given":"Đầy"}],"dateOfBirth":"1990","sex":1,
       "placeOfBirthRegistration":"001"}""";

  @TempDir Path folder;
  private final Map<Long, String> given = new HashMap<>();

  @Test
  void whatCannotBeRecordedIsNotGivenAndNothingGivenIsLost() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString()) == 0,
        "only root may mount a small file system: the full disk is not tried");
    try (MortalRegister register = new MortalRegister(disk)) {
      String reader = register.token("person.read", "names");
      String writer = register.token("person.write");
      String person = person(register, writer);
      assertEquals(200, read(register, reader, person));
      Path filler = fill(disk);
      List<Integer> statuses = readUntilRefused(register, reader, person, filler);

      assertEquals(503, statuses.getLast(), statuses.toString());
      Files.delete(filler);
      awaitReading(register, reader, person);

      assertTrue(given.size() > 2, given.toString());
      everythingGivenIsInTheLog(register);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static String person(MortalRegister register, String writer) throws Exception {
    MortalRegister.Answer answer =
        register.post(writer, "/v1/persons", UUID.randomUUID().toString(), PERSON);
    assertEquals(201, answer.status(), answer.body());
    return answer.json().path("id").asText();
  }

  private int read(MortalRegister register, String reader, String person) throws Exception {
    MortalRegister.Answer answer =
        register.get(reader, "/v1/persons/" + person + "?purpose=civil-registration&fields=names");
    if (answer.status() == 200) {
      JsonNode body = answer.json();
      given.put(body.at("/disclosure/index").asLong(), body.path("receipt").asText());
    }
    return answer.status();
  }

  /** Takes all the room that there is. */
  private static Path fill(Path disk) throws IOException {
    Path filler = disk.resolve("filler");
    byte[] block = new byte[1 << 16];
    try (OutputStream out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private List<Integer> readUntilRefused(
      MortalRegister register, String reader, String person, Path filler) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < ENOUGH; i++) {
      fill(filler.getParent());
      int status = read(register, reader, person);
      statuses.add(status);
      if (status != 200) {
        return statuses;
      }
    }
    return statuses;
  }

  private void awaitReading(MortalRegister register, String reader, String person)
      throws Exception {
    int status = 0;
    for (int i = 0; i < 100 && status != 200; i++) {
      try {
        status = read(register, reader, person);
      } catch (IOException notYet) {
        status = 0;
      }
      if (status != 200) {
        register.reviveDatabase();
        Thread.sleep(200);
      }
    }
    assertEquals(200, status);
  }

  private void everythingGivenIsInTheLog(MortalRegister register) throws Exception {
    String log = "/log/" + java.time.Year.now(java.time.ZoneOffset.UTC) + "/";
    VerifierKey key =
        VerifierKey.parse(
            new String(register.file(log + "key"), java.nio.charset.StandardCharsets.UTF_8)
                .strip());
    Policy policy = Policy.ofLogs(key);
    long size =
        LogVerifier.verify(
                path -> Optional.ofNullable(fileOf(register, log + path)),
                LogExpectation.of(policy))
            .checkpoint()
            .size();
    for (Map.Entry<Long, String> each : given.entrySet()) {
      VerifiedEntry entry = ProofVerifier.verify(each.getValue(), policy);
      assertEquals(each.getKey(), entry.index());
      assertTrue(entry.index() < size);
    }
  }

  private static byte[] fileOf(MortalRegister register, String path) throws IOException {
    try {
      return register.file(path);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
