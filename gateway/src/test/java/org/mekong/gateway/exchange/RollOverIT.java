package org.mekong.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.mekong.gateway.testing.Surroundings;
import org.mekong.gateway.testing.TestAgency;
import org.mekong.gateway.testing.TestPeer;

/**
 * Exchange key, certificate and authorities change while questions go both ways, over new and old
 * connections: nobody is failed.
 */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RollOverIT {

  private static final String QUESTION = TestAgency.marriage("LA-4711-0815");

  Surroundings around;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Three who ask so often stay below the fifty a second that the agreement allows. */
  private static final Duration PAUSE = Duration.ofMillis(80);

  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  void keysAndCertificatesChangeUnderLoadWithoutAFailedLookup() throws Exception {
    around.peerDouble().reset();
    around.registry().reset();
    ECKey next = new ECKeyGenerator(Curve.P_256).keyID("vn-exchange-next").generate();
    JWKSet both = new JWKSet(List.of(around.firstExchangeKey().toPublicJWK(), next.toPublicJWK()));
    TestPeer old = new TestPeer(around, around.peerContext());
    String early = old.request();
    String first = old.send(early).compact();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        threads.submit(() -> load(this::asksAbroad));
        threads.submit(() -> load(this::isAskedOnANewConnection));
        TestPeer kept = new TestPeer(around, around.peerContext());
        threads.submit(() -> load(() -> isAskedBy(kept)));

        around.peerDouble().pin(both);
        around.changeExchangeKey(next);
        await(() -> keyOf(old.send(old.request()).compact()).equals("vn-exchange-next"));
        assertEquals(first, old.send(early).compact());
        around.trustSuccessors();
        await(() -> answers(new TestPeer(around, around.successorContext())));
        around.renewCertificate();
        await(() -> issuer().contains("authority 2"));
        afterwards(40);
        assertTrue(answers(new TestPeer(around, around.successorContext())));
      } finally {
        over.set(true); // before the threads are waited for
      }
    } finally {
      around.changeExchangeKey(around.firstExchangeKey());
      await(() -> keyOf(old.send(old.request()).compact()).equals("vn-exchange"));
    }

    assertEquals(List.of(), List.copyOf(failures));
  }

  private void afterwards(int more) {
    int enough = answered.get() + more;
    await(() -> answered.get() >= enough || !failures.isEmpty());
  }

  private void load(BooleanSupplier question) {
    while (!over.get()) {
      try {
        if (question.getAsBoolean()) {
          answered.incrementAndGet();
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean asksAbroad() {
    TestAgency.Answer answer = new TestAgency(around).ask(QUESTION);
    return noted(answer.status(), answer.response().body());
  }

  private boolean isAskedOnANewConnection() {
    return isAskedBy(new TestPeer(around, around.peerContext()));
  }

  private boolean isAskedBy(TestPeer peer) {
    TestPeer.Answer answer = peer.send(peer.request());
    return noted(answer.status(), answer.body().toString());
  }

  private boolean noted(int status, String body) {
    if (status != 200) {
      failures.add(status + " " + body.substring(0, Math.min(300, body.length())));
    }
    return status == 200;
  }

  private static boolean answers(TestPeer peer) {
    try {
      return peer.send(peer.request()).status() == 200;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static String keyOf(String compact) {
    try {
      return JWSObject.parse(compact).getHeader().getKeyID();
    } catch (java.text.ParseException e) {
      return "";
    }
  }

  /** Who issued the certificate that the gateway shows now. */
  private String issuer() {
    try (SSLSocket socket =
        (SSLSocket)
            around
                .peerContext()
                .getSocketFactory()
                .createSocket("localhost", around.gateway().getPort())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getIssuerX500Principal()
          .getName();
    } catch (java.io.IOException e) {
      failures.add(e.toString());
      return "";
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not happen");
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
