package org.mekong.webhooks.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.webhooks.address.AddressGuard;
import org.mekong.webhooks.secret.WebhookSecret;
import org.mekong.webhooks.testing.Receiver;

/** A message to whoever was named: over TLS, to the address that was judged, and nowhere else. */
class PostTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private final WebhookSecret secret = WebhookSecret.generate();
  private final UUID id = UUID.randomUUID();
  private Vertx vertx;
  private Receiver receiver;

  @BeforeAll
  static void certify() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "receiver",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                keys().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
  }

  @BeforeEach
  void begin() throws Exception {
    vertx = Vertx.vertx();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys())) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(own.getKeyManagers(), null, null);
    receiver = new Receiver(context);
  }

  @AfterEach
  void end() {
    receiver.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Path keys() {
    return folder.resolve("receiver.p12");
  }

  private static TrustOptions trusting() {
    return new PfxOptions().setPath(keys().toString()).setPassword(PASSWORD);
  }

  private Answer send(String url, Optional<TrustOptions> trust, String... allowed)
      throws InterruptedException {
    AddressGuard guard = new AddressGuard("allowed", List.of(allowed), InetAddress::getAllByName);
    return new Post(vertx, trust, guard, DEADLINE, 2)
        .send(
            url,
            Envelope.signed(
                "Mekong-Test", id, Instant.now(), "{}".getBytes(UTF_8), List.of(secret, secret)));
  }

  private Answer send() throws InterruptedException {
    return send(receiver.url(), Optional.of(trusting()), "127.0.0.0/8", "::1/128");
  }

  @ParameterizedTest
  @CsvSource({
    "bad-url, http://localhost/",
    "unknown-host, https://no-such-host.invalid/",
    "private-address, https://127.0.0.1/",
    "private-address, https://169.254.169.254/latest"
  })
  void whereNothingMayBeSentNothingIs(String outcome, String url) throws Exception {
    assertEquals(new Answer.Failure(outcome), send(url, Optional.of(trusting())));
  }

  @Test
  void aReceiverWhoseCertificateNobodyTrustsGetsNothing() throws Exception {
    assertEquals(
        new Answer.Failure("tls"),
        send(receiver.url(), Optional.empty(), "127.0.0.0/8", "::1/128"));
    assertTrue(receiver.all().isEmpty());
  }

  @Test
  void aCertificateOfAnotherNameIsNone() throws Exception {
    String url = "https://127.0.0.1:" + receiver.port() + "/";
    assertEquals(new Answer.Failure("tls"), send(url, Optional.of(trusting()), "127.0.0.0/8"));
    assertTrue(receiver.all().isEmpty());
  }

  @Test
  void everySecretSignsTheMessage() throws Exception {
    Answer answer = send();

    assertTrue(answer.isDelivered(), answer.toString());
    Receiver.Received received = receiver.await(1).getFirst();
    assertEquals(id.toString(), received.id());
    assertEquals("{}", received.body());
    assertEquals(2, received.valid(secret.shown()));
    assertEquals(0, received.signed(WebhookSecret.generate().shown()));
  }

  @ParameterizedTest
  @CsvSource({"200, delivered", "204, delivered", "410, gone", "302, redirect", "503, refused"})
  void whatTheReceiverAnswersIsToldInAWord(int status, String outcome) throws Exception {
    receiver.answers(status);
    receiver.sendsOnTo("https://elsewhere.example/");
    receiver.asksToRetryAfter("7");

    Answer answer = send();

    assertEquals(new Answer.Status(status, Duration.ofSeconds(7)), answer);
    assertEquals(outcome, answer.outcome());
    assertEquals(outcome.equals("delivered"), answer.isDelivered());
    assertEquals(outcome.equals("gone"), answer.isGone());
    assertEquals(1, receiver.all().size(), "nowhere else");
  }

  @Test
  void whoWantsToBeLeftAloneForeverIsLeftAloneForADay() throws Exception {
    receiver.answers(503);
    receiver.asksToRetryAfter("999999");
    assertEquals(new Answer.Status(503, Duration.ofDays(1)), send());
    receiver.asksToRetryAfter("soon");
    assertEquals(new Answer.Status(503, Duration.ZERO), send());
    assertFalse(send().isDelivered());
  }

  @Test
  void aReceiverThatIsNotThereIsUnreachable() throws Exception {
    int port = receiver.port();
    receiver.close();
    assertEquals(
        new Answer.Failure("unreachable"),
        send("https://localhost:" + port + "/", Optional.of(trusting()), "127.0.0.0/8", "::1/128"));
  }
}
