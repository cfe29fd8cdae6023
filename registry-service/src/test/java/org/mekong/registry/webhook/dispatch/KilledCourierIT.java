package org.mekong.registry.webhook.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.registry.population.load.FreshRegister;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.webhook.Receiver;
import org.mekong.registry.webhook.secret.WebhookSecret;

/**
 * kill -9 of whoever sequences and delivers, again and again while changes are committed: with the
 * message on the line, before it, after it. Every change is delivered in the end, the order in
 * which they come first is the feed's, and what comes again has the id under which it came first.
 */
class KilledCourierIT {

  private static final int ROUNDS = 4;
  private final List<String> committed = new ArrayList<>();

  @Test
  void whatWasCommittedIsDeliveredThoughTheServiceIsKilled() throws Exception {
    Path folder = Path.of("target", "node", "killed-courier").toAbsolutePath();
    TestCertificates certificates = TestCertificates.create(folder);
    certificates.issue("server", "CN=localhost");
    FreshRegister register = FreshRegister.create();
    Random random = new Random(7);
    WebhookSecret secret = WebhookSecret.generate();
    try (Receiver receiver = new Receiver(folder)) {
      add(register.database(), receiver.url(), secret);
      AtomicBoolean answering = new AtomicBoolean();
      receiver.answers(message -> answering.get() ? 200 : -1);
      for (int round = 0; round < ROUNDS; round++) {
        answering.set(round % 2 == 1);
        int before = receiver.all().size();
        Process process = start(register.name(), folder);
        try {
          for (int i = 0; i < 20; i++) {
            commit(register.database());
          }
          receiver.await(before + 1); // it is on the line, unanswered in every other round
          Thread.sleep(random.nextInt(100));
          commit(register.database());
        } finally {
          process.destroyForcibly().waitFor();
        }
        commit(register.database());
      }
      answering.set(true);
      Process last = start(register.name(), folder);
      try {
        assertEverything(receiver, secret);
        for (int i = 0; i < 600 && undelivered(register) > 0; i++) {
          Thread.sleep(50); // received is not yet noted as delivered
        }
      } finally {
        last.destroyForcibly().waitFor();
      }
    }
    assertEquals(committed.size(), register.count("select count(*) from change_entry"));
    assertEquals(0, undelivered(register));
  }

  private static long undelivered(FreshRegister register) throws SQLException {
    return register.count("select count(*) from webhook_delivery where state <> 'delivered'");
  }

  private void assertEverything(Receiver receiver, WebhookSecret secret) throws Exception {
    Set<String> first = new LinkedHashSet<>();
    for (int i = 0; i < 1200 && first.size() < committed.size(); i++) {
      first.clear();
      receiver.all().forEach(message -> first.addAll(message.persons()));
      Thread.sleep(50);
    }
    assertEquals(committed, List.copyOf(first));
    List<Receiver.Received> all = receiver.all();
    assertTrue(all.stream().allMatch(message -> message.valid(secret.shown()) == 1));
    Set<String> ids = new LinkedHashSet<>();
    Set<String> bodies = new LinkedHashSet<>();
    for (Receiver.Received message : all) {
      assertEquals(ids.add(message.id()), bodies.add(message.body()), "one body, one id");
    }
    assertTrue(ids.size() < all.size(), "some came again");
  }

  private void commit(DataSource database) throws SQLException {
    UUID person = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into change_arrival (entries, person_id, event_id, type, province,"
                    + " recorded_at) values (1, ?, ?, 'death', '01', now())")) {
      insert.setObject(1, person);
      insert.setObject(2, UUID.randomUUID());
      insert.executeUpdate();
    }
    committed.add(person.toString());
  }

  private static void add(DataSource database, String url, WebhookSecret secret)
      throws SQLException {
    UUID id = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into webhook (webhook_id, url, types, provinces, state, secret, position,"
                    + " due_at, version, created_at, created_by, changed_at) values (?, ?, '{}',"
                    + " '{}', 'active', ?, 0, now(), 1, now(), 'test', now())")) {
      insert.setObject(1, id);
      insert.setString(2, url);
      insert.setBytes(3, CourierProcess.seal().seal(id, secret));
      insert.executeUpdate();
    }
  }

  private static Process start(String database, Path folder) throws IOException {
    EmbeddedDatabase server = EmbeddedDatabase.shared();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CourierProcess.class.getName(),
                server.jdbcUrl(database),
                server.user(),
                server.password(),
                folder.resolve("ca.pem").toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.equals("started")) {
      line = output.readLine();
    }
    assertTrue(line != null, "the process ended before it started");
    Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
    return process;
  }
}
