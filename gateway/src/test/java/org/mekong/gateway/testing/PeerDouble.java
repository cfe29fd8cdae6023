package org.mekong.gateway.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.log.LogResource;
import org.mekong.log.TransparencyLog;
import org.mekong.log.note.NoteSigner;

/** The gateway of Laos, with keys, certificate and log of its own; it answers, or lies. */
public final class PeerDouble {

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  /** How it lies. */
  public enum Lie {
    NONE,
    WRONG_SIGNATURE,
    WRONG_TYPE,
    WRONG_DIGEST,
    ANOTHERS_ANSWER,
    OTHER_PARTIES,
    FROM_THE_FUTURE,
    MORE_THAN_ASKED,
    OTHER_THAN_ASKED,
    RECEIPT_OF_ANOTHER_LOG,
    RECEIPT_OF_A_FORK,
    RECEIPT_OF_ANOTHER_ENTRY,
    RECEIPT_DAMAGED,
    RECEIPT_MISSING,
    REFUSAL_AS_ANSWER,
    UNSIGNED_REFUSAL,
    NO_JSON,
    ENDLESS
  }

  private final ECKey key = newKey("la-exchange");
  private final ECKey strangersKey = newKey("la-exchange");
  private final PeerLogs logs;
  private final PeerAnswers answers = new PeerAnswers();
  private final SecureServer server;
  private volatile JWKSet askersKeys;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private volatile Lie lie = Lie.NONE;
  private volatile long delayMillis;
  private volatile int unavailable;
  private volatile int postponed;
  private volatile boolean published = true;
  private volatile @Nullable Refusal refusal;
  private volatile boolean nobody;
  private volatile String traceparent = "";
  private volatile String timeLeft = "";
  private volatile @Nullable SignedMessage<ExchangeAnswer> previous;

  public PeerDouble(SSLContext context, JWKSet askersKeys, PeerLogs logs) {
    this.askersKeys = askersKeys;
    this.logs = logs;
    this.server = new SecureServer(context, this::handle);
  }

  public static ECKey newKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI url() {
    return server.url();
  }

  /** Pins the keys of the gateway that asks. */
  public void pin(JWKSet keys) {
    askersKeys = keys;
  }

  public ECKey key() {
    return key;
  }

  /** A key under the same id that nobody has pinned. */
  public ECKey strangersKey() {
    return strangersKey;
  }

  public String logKey() {
    return logs.signer().verifierKey().toString();
  }

  /** The signed requests that came, in order. */
  public List<String> received() {
    return received;
  }

  /** The trace of the last request (W3C Trace Context). */
  public String lastTraceparent() {
    return traceparent;
  }

  /** The milliseconds that the last request was told to be of use. */
  public long lastTimeLeft() {
    return Long.parseLong(timeLeft);
  }

  /** Answers rightly again, and forgets what came. */
  public void reset() {
    lie = Lie.NONE;
    delayMillis = 0;
    unavailable = 0;
    postponed = 0;
    published = true;
    refusal = null;
    nobody = false;
    received.clear();
    mostAtOnce.set(0);
  }

  /** The most requests that were under way at a time. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  public void lie(Lie newLie) {
    lie = newLie;
  }

  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Answers the next requests with 503. */
  public void unavailable(int times) {
    unavailable = times;
  }

  /** Takes the next requests later, in a second. */
  public void postpone(int times) {
    postponed = times;
  }

  /** Refuses, signed. */
  public void refuse(@Nullable Refusal newRefusal) {
    refusal = newRefusal;
  }

  /** Knows nobody. */
  public void knowNobody() {
    nobody = true;
  }

  public void stop() {
    server.stop();
  }

  public void restart() {
    server.restart();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      publish(exchange);
      return;
    }
    String compact =
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    received.add(compact);
    timeLeft = String.valueOf(exchange.getRequestHeaders().getFirst("Mekong-Time-Left"));
    traceparent = String.valueOf(exchange.getRequestHeaders().getFirst("traceparent"));
    mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      Thread.sleep(delayMillis);
      if (unavailable > 0) {
        unavailable = unavailable - 1;
        SecureServer.answer(exchange, 503, "application/problem+json", bytes("{}"));
        return;
      }
      if (postponed > 0) {
        postponed = postponed - 1;
        exchange.getResponseHeaders().set("Retry-After", "1");
        SecureServer.answer(
            exchange,
            503,
            "application/problem+json",
            bytes("{\"type\":\"urn:mekong:problem:postponed\",\"rule\":\"exchange/bulkhead\"}"));
        return;
      }
      SignedMessage<ExchangeRequest> request =
          SignedMessage.verify(compact, askersKeys, ExchangeRequest.TYPE, ExchangeRequest.class);
      answer(exchange, request);
    } catch (MessageRefused | InterruptedException e) {
      throw new IOException(e);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void publish(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/log/2026/", "");
    Optional<LogResource> file = published ? logs.log().read(path) : Optional.empty();
    SecureServer.answer(
        exchange,
        file.isPresent() ? 200 : published ? 404 : 503,
        "application/octet-stream",
        file.map(LogResource::bytes).orElse(new byte[0]));
  }

  /** The peer's logs, of which one tells another past. */
  public PeerLogs logs() {
    return logs;
  }

  /** Whether its published log can be read. */
  public void publish(boolean whether) {
    published = whether;
  }

  /** The peer's log, which a witness may cosign. */
  public TransparencyLog log() {
    return logs.log();
  }

  /** The private key of the peer's log. */
  public NoteSigner logSigner() {
    return logs.signer();
  }

  private void answer(HttpExchange exchange, SignedMessage<ExchangeRequest> request)
      throws IOException {
    switch (lie) {
      case NO_JSON -> {
        SecureServer.answer(exchange, 200, "application/json", bytes("<html>"));
        return;
      }
      case ENDLESS -> {
        SecureServer.answer(exchange, 200, "application/json", new byte[2 * 1024 * 1024]);
        return;
      }
      case UNSIGNED_REFUSAL -> {
        SecureServer.answer(
            exchange, 403, "application/problem+json", bytes("{\"rule\":\"whatever\"}"));
        return;
      }
      default -> {
        // it has the form of an answer
      }
    }
    SignedMessage<ExchangeAnswer> signed = sign(answers.to(request, lie, refusal, nobody));
    var reply =
        lie == Lie.RECEIPT_MISSING
            ? Map.of("answer", signed.compact())
            : Map.of(
                "answer",
                signed.compact(),
                "receipt",
                logs.receipt(request.payload(), signed, lie));
    previous = signed;
    exchange.getResponseHeaders().set("Server-Timing", "total;dur=1");
    boolean refused = signed.payload().outcome() == Outcome.REFUSED && lie != Lie.REFUSAL_AS_ANSWER;
    SecureServer.answer(
        exchange,
        refused ? 403 : 200,
        refused ? "application/problem+json" : "application/json",
        StrictJson.mapper().writeValueAsBytes(reply));
  }

  private SignedMessage<ExchangeAnswer> sign(ExchangeAnswer answer) {
    SignedMessage<ExchangeAnswer> other = previous;
    if (lie == Lie.ANOTHERS_ANSWER && other != null) {
      return other;
    }
    return SignedMessage.sign(
        lie == Lie.WRONG_SIGNATURE ? strangersKey : key,
        lie == Lie.WRONG_TYPE ? ExchangeRequest.TYPE : ExchangeAnswer.TYPE,
        answer);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
