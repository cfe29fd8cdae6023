package org.mekong.registry.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.registry.person.Sex;
import org.mekong.registry.testing.Book;
import org.mekong.registry.testing.RegistryClient;
import org.mekong.registry.testing.RegistryNode;
import org.mekong.registry.testing.TestCertificates;
import org.mekong.registry.testing.TestSetting;
import org.mekong.registry.vitalevent.book.EventRegistrar;

/** The feed as a stream: it comes, goes on where it ended, and ends when it has to. */
@QuarkusTest
@QuarkusTestResource(RegistryNode.class)
class StreamIT {

  private static final String PATH = "/v1/changes/stream";
  private static final int LINE_MILLIS = 20_000;

  TestSetting setting;
  @Inject DataSource database;
  @Inject EventRegistrar events;
  private RegistryClient client;
  private Book book;

  @BeforeEach
  void begin() throws InterruptedException {
    client = new RegistryClient(setting);
    book = new Book(database, events);
    awaitStreams(0); // the register notices a moment later that whoever came before is gone
  }

  @Test
  void changesComeAsTheyHappenAndAStreamGoesOnWhereOneEnded() throws Exception {
    String last;
    List<String> seen = new ArrayList<>();
    try (Stream stream = open(token(Duration.ofMinutes(5)), "")) {
      assertTrue(stream.line(":").contains("nothing new"), "a heartbeat");
      for (int i = 1; i <= 3; i++) {
        seen.add(book.person("1961-02-0" + i, Sex.MALE).personId().toString());
      }
      String id = "";
      for (String person : seen.subList(0, 2)) {
        Event event = stream.event("change");
        assertTrue(event.data().contains(person), event.data());
        id = event.id();
      }
      last = id;
    }
    seen.add(book.person("1961-02-04", Sex.MALE).personId().toString());
    try (Stream stream = open(token(Duration.ofMinutes(5)), "Last-Event-ID: " + last + "\r\n")) {
      assertTrue(stream.event("change").data().contains(seen.get(2)), "the third, not read before");
      assertTrue(stream.event("change").data().contains(seen.get(3)), "the one of meanwhile");
    }
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    try (Stream stream = open(token(Duration.ofSeconds(4)), "")) {
      assertEquals("{\"reason\":\"token-expired\"}", stream.event("end").data());
      assertEquals("", stream.rest(), "and nothing after it");
    }
  }

  @Test
  void aBadCursorIsAProblemAndNoStream() {
    String token = client.token("feed.read", List.of());
    var answer = client.as(token, "GET", PATH).header("Last-Event-ID", "nonsense").get(PATH);
    assertEquals(422, answer.statusCode(), answer.asString());
    assertEquals("urn:mekong:problem:invalid-cursor", answer.path("type"));
    String other = client.token("person.read", List.of());
    assertEquals(403, client.as(other, "GET", PATH).get(PATH).statusCode());
  }

  @Test
  void oneCallerHasNoMoreStreamsThanAllowed() throws Exception {
    List<Stream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Stream stream = open(token(Duration.ofMinutes(5)), "");
        streams.add(stream);
        assertTrue(stream.line("HTTP/1.1").contains("200"));
      }
      try (Stream fifth = open(token(Duration.ofMinutes(5)), "")) {
        assertTrue(fifth.line("HTTP/1.1").contains("429"));
        assertTrue(fifth.line("Retry-After:").contains("30"));
      }
    } finally {
      for (Stream stream : streams) {
        stream.close();
      }
    }
    awaitStreams(0);
  }

  @Test
  void whoDoesNotReadIsCutOff() throws Exception {
    String cursor;
    try (Stream stream = open(token(Duration.ofMinutes(5)), "")) {
      cursor = stream.line("id:").substring("id:".length()).strip();
    }
    awaitStreams(0);
    sql(
        "insert into change_arrival (entries, person_id, event_id, type, province, recorded_at)"
            + " select 1, gen_random_uuid(), gen_random_uuid(), 'residence_change', '01', now()"
            + " from generate_series(1, 60000)");
    try (Stream stream = open(token(Duration.ofMinutes(5)), "Last-Event-ID: " + cursor + "\r\n")) {
      awaitStreams(1);
      awaitStreams(0); // 20 MB do not fit into what lies between; after two seconds it is over
      assertTrue(stream.countEvents() < 60_000, "and it did not get everything");
    }
    awaitPlaces(); // or the flood would reach the streams of the test after this one
  }

  private void awaitPlaces() throws InterruptedException, SQLException {
    boolean placed = false;
    for (int i = 0; !placed && i < 600; i++) {
      Thread.sleep(50);
      try (Connection connection = database.getConnection();
          Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("select not exists (select from change_arrival)")) {
        row.next();
        placed = row.getBoolean(1);
      }
    }
    assertTrue(placed, "every arrival got its place");
  }

  private void awaitStreams(int many) throws InterruptedException {
    String metric = "";
    for (int i = 0; i < 600; i++) {
      metric =
          client
              .open()
              .get("/q/metrics")
              .asString()
              .lines()
              .filter(line -> line.startsWith("mekong_feed_streams"))
              .findFirst()
              .orElse("no stream was ever opened: 0.0");
      if (metric.endsWith(" " + many + ".0")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("There are not " + many + " streams: " + metric);
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private String token(Duration life) {
    return setting
        .issuer()
        .token(
            client.dpop(),
            "stream-client",
            URI.create(setting.url()),
            claims ->
                claims
                    .claim("scope", "feed.read")
                    .expirationTime(Date.from(Instant.now().plus(life))));
  }

  private Stream open(String token, String headers) throws IOException, GeneralSecurityException {
    URI url = URI.create(setting.url() + PATH);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(setting.folder().resolve("trust.p12"))) {
      store.load(in, TestCertificates.PASSWORD.toCharArray());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", url.getPort());
    socket.setSoTimeout(LINE_MILLIS);
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: DPoP %s\r\nDPoP: %s\r\n%s\r\n"
            .formatted(PATH, url.getPort(), token, client.dpop().proof("GET", url, token), headers);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return new Stream(socket);
  }

  private record Event(String id, String data) {}

  /** A client that reads line by line, when it wants to. */
  private static final class Stream implements AutoCloseable {
    private final SSLSocket socket;
    private final BufferedReader lines;

    Stream(SSLSocket socket) throws IOException {
      this.socket = socket;
      this.lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that begins so. */
    String line(String begin) throws IOException {
      String line = lines.readLine();
      long until = System.nanoTime() + LINE_MILLIS * 1_000_000L;
      while (line != null && !line.startsWith(begin)) {
        if (System.nanoTime() > until) {
          throw new AssertionError("No line begins with " + begin);
        }
        line = lines.readLine();
      }
      if (line == null) {
        throw new AssertionError("The stream ended before a line that begins with " + begin);
      }
      return line;
    }

    /** The next event of a name. */
    Event event(String name) throws IOException {
      String id = "";
      String data = "";
      String read = "";
      long until = System.nanoTime() + LINE_MILLIS * 1_000_000L;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          read = line.substring("event:".length()).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring("id:".length()).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring("data:".length()).strip();
        } else if (line.isEmpty() && read.equals(name) && !data.isEmpty()) {
          return new Event(id, data);
        }
        if (System.nanoTime() > until) {
          break;
        }
      }
      throw new AssertionError("No event " + name);
    }

    /** What comes until the end, but the frame of the transfer. */
    String rest() throws IOException {
      StringBuilder rest = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.matches("[0-9a-f]+")) {
          rest.append(line);
        }
        if (line.equals("0")) {
          break;
        }
      }
      return rest.toString();
    }

    int countEvents() {
      int events = 0;
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          events += line.startsWith("event:") ? 1 : 0;
        }
      } catch (IOException cut) {
        return events;
      }
      return events;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
