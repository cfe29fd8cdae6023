package org.mekong.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;
import org.mekong.log.verify.VerifiedEntry;

/**
 * The register and its database are killed without a warning, in turn and together, while clients
 * write and read. Rounds: system property {@code mekong.kill-rounds}, 4 unless said otherwise.
 */
class KilledRegisterIT {
  private static final int ROUNDS = Integer.getInteger("mekong.kill-rounds", 4);
  private static final int WRITERS = 3;
  private static final int READERS = 3;
  private static final String PERSON =
      """
      {"names":[{"family":"Nguyễn","given":"Bền"}],"dateOfBirth":"1990","sex":1,
       "placeOfBirthRegistration":"001"}""";
  private static final String RENAMED =
      """
      {"type":"name_change","person":"%s","names":[{"family":"Nguyễn","given":"Vững"}],
       "circumstances":{"occurredOn":"2024-09-09","office":"o-1","registrar":"r-1",
       "document":{"kind":"administrative-decision","number":"1"}}}""";

  private record Write(String path, String body) {}

  private record Read(String person, String origin, long index, String leafHash, String receipt) {}

  @TempDir Path folder;
  private final Map<String, Write> sent = new ConcurrentHashMap<>();
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final List<String> persons = new ArrayList<>();
  private final ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();
  private String writer = "";
  private String reader = "";

  @Test
  void whatWasAcknowledgedIsThereOnceAndWhatWasReadIsInTheLog() throws Exception {
    try (MortalRegister register = new MortalRegister(folder)) {
      writer = register.token("person.write");
      reader = register.token("person.read", "names");
      for (int round = 0; round < ROUNDS; round++) {
        loadUntilKilled(register, round);
        repeatWhatHadNoAnswer(register);
      }
      assertTrue(acknowledged.size() > 20 * ROUNDS, acknowledged.size() + " writes");
      assertTrue(reads.size() > 20 * ROUNDS, reads.size() + " reads");
      eachWriteIsThereOnce(register);
      eachReadIsInTheLogAndNothingElseIs(register);
      eachChangeIsInTheFeedOnce(register);
      theFiguresAreWhatTheRegisterHolds(register);
    }
  }

  private void loadUntilKilled(MortalRegister register, int round) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    int written = acknowledged.size();
    int read = reads.size();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(WRITERS + READERS)) {
      for (int i = 0; i < WRITERS; i++) {
        running.add(clients.submit(() -> write(register, stop)));
      }
      for (int i = 0; i < READERS; i++) {
        running.add(clients.submit(() -> read(register, stop)));
      }
      while (acknowledged.size() < written + 40 || reads.size() < read + 40) {
        Thread.sleep(20);
      }
      boolean database = round % 2 == 1;
      boolean service = round % 4 != 1;
      if (database) {
        register.killDatabase();
      }
      if (service) {
        register.killService();
      }
      Thread.sleep(ThreadLocalRandom.current().nextInt(300));
      stop.set(true);
      for (Future<?> each : running) {
        each.get();
      }
      if (database) {
        register.startDatabase();
      }
      if (service) {
        register.startService();
      } else {
        register.awaitReady();
      }
    }
  }

  private void write(MortalRegister register, AtomicBoolean stop) {
    while (!stop.get()) {
      String key = UUID.randomUUID().toString();
      String person = somebody();
      Write write =
          person == null || ThreadLocalRandom.current().nextInt(3) > 0
              ? new Write("/v1/persons", PERSON)
              : new Write("/v1/events", RENAMED.formatted(person));
      sent.put(key, write);
      attempt(register, key, write);
    }
  }

  private void attempt(MortalRegister register, String key, Write write) {
    try {
      MortalRegister.Answer answer = register.post(writer, write.path, key, write.body);
      if (answer.status() == 201) {
        acknowledged.put(key, answer.body());
        if (write.path.equals("/v1/persons")) {
          String id = answer.json().path("id").asText();
          synchronized (persons) {
            persons.add(id);
          }
        }
      } else if (answer.status() < 500) {
        throw new IllegalStateException(answer.status() + ": " + answer.body());
      }
    } catch (IOException e) {
      return; // killed: nobody knows whether it was done
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(MortalRegister register, AtomicBoolean stop) {
    while (!stop.get()) {
      String person = somebody();
      if (person == null) {
        continue;
      }
      try {
        MortalRegister.Answer answer =
            register.get(
                reader, "/v1/persons/" + person + "?purpose=civil-registration&fields=names");
        if (answer.status() == 200) {
          JsonNode body = answer.json();
          JsonNode at = body.path("disclosure");
          reads.add(
              new Read(
                  person,
                  at.path("origin").asText(),
                  at.path("index").asLong(),
                  at.path("leafHash").asText(),
                  body.path("receipt").asText()));
        } else if (answer.status() < 500) {
          throw new IllegalStateException(answer.status() + ": " + answer.body());
        }
      } catch (IOException e) {
        continue; // killed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private String somebody() {
    synchronized (persons) {
      return persons.isEmpty()
          ? null
          : persons.get(ThreadLocalRandom.current().nextInt(persons.size()));
    }
  }

  /** As a careful client does: the same request with the same key, until there is an answer. */
  private void repeatWhatHadNoAnswer(MortalRegister register) {
    for (Map.Entry<String, Write> each : sent.entrySet()) {
      for (int attempt = 0; !acknowledged.containsKey(each.getKey()); attempt++) {
        assertTrue(attempt < 50, "no answer after the restart");
        attempt(register, each.getKey(), each.getValue());
      }
    }
  }

  private void eachWriteIsThereOnce(MortalRegister register) throws Exception {
    for (Map.Entry<String, String> each : acknowledged.entrySet()) {
      MortalRegister.Answer first = register.get(writer, "/v1/operations/" + each.getKey());
      assertEquals(200, first.status());
      assertEquals(each.getValue(), first.body());
    }
    Set<String> made = new HashSet<>(persons);
    assertEquals(persons.size(), made.size(), "a person was acknowledged to two keys");
    assertEquals(made.size(), count(register, "select count(*) from person"));
    assertEquals(acknowledged.size(), count(register, "select count(*) from vital_event"));
    assertEquals(acknowledged.size(), count(register, "select count(*) from person_event"));
  }

  private void eachReadIsInTheLogAndNothingElseIs(MortalRegister register) throws Exception {
    String log = "/log/" + Year.now(ZoneOffset.UTC);
    String key = new String(register.file(log + "/key"), StandardCharsets.UTF_8).strip();
    Policy policy = Policy.ofLogs(VerifierKey.parse(key));
    LogVerifier.verify(
        path -> {
          try {
            return Optional.ofNullable(register.file(log + "/" + path));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        },
        LogExpectation.of(policy));
    Map<Long, String> leaves = leaves(register);
    Set<Long> places = new HashSet<>();
    for (Read read : reads) {
      VerifiedEntry proved = ProofVerifier.verify(read.receipt, policy);
      assertEquals(read.index, proved.index());
      assertEquals(read.leafHash, leaves.get(read.index), "the entry of an answered read");
      assertArrayEquals(Base64.getDecoder().decode(read.leafHash), MerkleHash.leaf(proved.entry()));
      assertTrue(places.add(read.index), "two answers share an entry");
    }
    assertEquals(
        count(register, "select count(*) from disclosure"),
        count(
            register,
            "select count(*) from log_entry"
                + " where convert_from(entry, 'UTF8') like '%\"kind\":\"disclosure\"%'"),
        "rows of disclosures and entries of the log");
    assertEquals(0, count(register, "select count(*) from log_pending_entry"));
  }

  private void eachChangeIsInTheFeedOnce(MortalRegister register) throws Exception {
    String token = register.token("feed.read");
    Map<String, Integer> seen = new HashMap<>();
    String path = "/v1/changes?limit=1000";
    boolean more = true;
    long last = -1;
    while (more) {
      JsonNode page = register.get(token, path).json();
      for (JsonNode change : page.path("changes")) {
        assertTrue(change.path("position").asLong() > last, "out of order");
        last = change.path("position").asLong();
        seen.merge(change.path("event").asText(), 1, Integer::sum);
      }
      more = page.path("more").asBoolean();
      path = "/v1/changes?limit=1000&after=" + page.path("next").asText();
    }
    try (Connection connection = register.connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select event_id::text from vital_event")) {
      int events = 0;
      while (rows.next()) {
        events++;
        assertEquals(1, seen.getOrDefault(rows.getString(1), 0), "times in the feed");
      }
      assertEquals(events, seen.size());
    }
  }

  private void theFiguresAreWhatTheRegisterHolds(MortalRegister register) throws Exception {
    String administrator = register.token("registry.admin");
    String path = "/admin/v1/statistics/checks";
    MortalRegister.Answer started =
        register.post(administrator, path, UUID.randomUUID().toString(), "");
    assertEquals(202, started.status(), started.body());
    String check = path + "/" + started.json().path("id").asText();
    JsonNode found = started.json();
    for (int i = 0; found.path("state").asText().equals("running") && i < 600; i++) {
      Thread.sleep(100);
      found = register.get(administrator, check).json();
    }
    assertEquals("done", found.path("state").asText(), found.toString());
    assertEquals(persons.size(), found.path("persons").asInt(), found.toString());
    assertEquals(0, found.path("differences").asInt(-1), found.toString());
  }

  private static Map<Long, String> leaves(MortalRegister register) throws SQLException {
    Map<Long, String> leaves = new HashMap<>();
    try (Connection connection = register.connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select entry_index, leaf_hash from log_entry")) {
      while (rows.next()) {
        leaves.put(rows.getLong(1), Base64.getEncoder().encodeToString(rows.getBytes(2)));
      }
    }
    return leaves;
  }

  private static long count(MortalRegister register, String query) throws SQLException {
    try (Connection connection = register.connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
