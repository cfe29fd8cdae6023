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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.LookupKind;
import org.mekong.gateway.json.StrictJson;
import org.mekong.gateway.message.EntryReference;
import org.mekong.gateway.message.ExchangeAnswer;
import org.mekong.gateway.message.ExchangeRequest;
import org.mekong.gateway.message.Finding;
import org.mekong.gateway.message.MessageRefused;
import org.mekong.gateway.message.Outcome;
import org.mekong.gateway.message.PredicateAnswer;
import org.mekong.gateway.message.Refusal;
import org.mekong.gateway.message.SignedMessage;
import org.mekong.gateway.receipt.ExchangeEntry;
import org.mekong.gateway.receipt.Leg;
import org.mekong.log.LogResource;
import org.mekong.log.LogSettings;
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
    RECEIPT_OF_ANOTHER_ENTRY,
    RECEIPT_DAMAGED,
    RECEIPT_MISSING,
    REFUSAL_AS_ANSWER,
    UNSIGNED_REFUSAL,
    NO_JSON,
    ENDLESS
  }

  private static final String ORIGIN = "la.mekong.example/gateway/2026";

  private static final String REGISTER = "la.mekong.example/registry/2026";

  private final ECKey key = newKey("la-exchange");
  private final ECKey strangersKey = newKey("la-exchange");
  private final NoteSigner logKey = NoteSigner.generate(ORIGIN);
  private final TransparencyLog log;
  private final TransparencyLog forgedLog;
  private final SecureServer server;
  private volatile JWKSet askersKeys;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private volatile Lie lie = Lie.NONE;
  private volatile long delayMillis;
  private volatile int unavailable;
  private volatile @Nullable Refusal refusal;
  private volatile boolean nobody;
  private volatile String traceparent = "";
  private volatile String timeLeft = "";
  private volatile @Nullable SignedMessage<ExchangeAnswer> previous;

  public PeerDouble(
      SSLContext context, JWKSet askersKeys, DataSource database, DataSource forgedDatabase) {
    this.askersKeys = askersKeys;
    this.log = TransparencyLog.open(database, new LogSettings(ORIGIN, logKey, Clock.systemUTC()));
    this.forgedLog =
        TransparencyLog.open(
            forgedDatabase,
            new LogSettings(ORIGIN, NoteSigner.generate(ORIGIN), Clock.systemUTC()));
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
    return logKey.verifierKey().toString();
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

  /** Refuses, signed. */
  public void refuse(Refusal newRefusal) {
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
    Optional<LogResource> file = log.read(path);
    SecureServer.answer(
        exchange,
        file.isPresent() ? 200 : 404,
        "application/octet-stream",
        file.map(LogResource::bytes).orElse(new byte[0]));
  }

  /** The peer's log, which a witness may cosign. */
  public TransparencyLog log() {
    return log;
  }

  /** The private key of the peer's log. */
  public NoteSigner logSigner() {
    return logKey;
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
    SignedMessage<ExchangeAnswer> signed = sign(altered(request, truth(request)));
    var reply =
        lie == Lie.RECEIPT_MISSING
            ? Map.of("answer", signed.compact())
            : Map.of("answer", signed.compact(), "receipt", receipt(request.payload(), signed));
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

  private ExchangeAnswer truth(SignedMessage<ExchangeRequest> request) {
    ExchangeRequest asked = request.payload();
    boolean verify = asked.kind() == LookupKind.VERIFY;
    boolean read = asked.kind() == LookupKind.READ;
    boolean refused = refusal != null || lie == Lie.REFUSAL_AS_ANSWER;
    Refusal because =
        refusal == null ? new Refusal("some/rule", 403, "Refused.", "Ask otherwise.") : refusal;
    return new ExchangeAnswer(
        asked.requestId(),
        request.digest(),
        Instant.now().getEpochSecond(),
        SignedMessage.nonce(),
        "LA",
        "VN",
        refused ? Outcome.REFUSED : nobody && read ? Outcome.NOT_AVAILABLE : Outcome.ANSWERED,
        refused || !verify
            ? null
            : asked.names().stream()
                .map(name -> new PredicateAnswer(name, nobody ? "unknown" : "yes"))
                .toList(),
        refused || !read || nobody ? null : person(asked.names()),
        refused || verify || read ? null : finding(asked),
        refused ? null : new EntryReference(REGISTER, 7),
        new EntryReference(ORIGIN, 3),
        refused ? because : null);
  }

  private Finding finding(ExchangeRequest asked) {
    boolean match = asked.kind() == LookupKind.MATCH;
    if (nobody) {
      Finding.Result none = match ? Finding.Result.NO_MATCH : Finding.Result.NONE;
      return new Finding(none, null, null, null);
    }
    List<String> fields = lie == Lie.MORE_THAN_ASKED ? List.of("names", "religion") : asked.names();
    var first = new Finding.Person(person(fields), new EntryReference(REGISTER, 7));
    var second = new Finding.Person(person(fields), new EntryReference(REGISTER, 8));
    boolean one = match && lie != Lie.OTHER_THAN_ASKED;
    return new Finding(
        one ? Finding.Result.MATCHED : Finding.Result.FOUND,
        one ? List.of(first) : List.of(first, second),
        one ? null : Boolean.TRUE,
        null);
  }

  private static Map<String, Object> person(List<String> fields) {
    var person = new java.util.TreeMap<String, Object>();
    fields.forEach(field -> person.put(field, Map.of("value", "of " + field)));
    return person;
  }

  private ExchangeAnswer altered(SignedMessage<ExchangeRequest> request, ExchangeAnswer truth) {
    UnaryOperator<String> same = UnaryOperator.identity();
    return switch (lie) {
      case WRONG_DIGEST -> with(truth, "A".repeat(43), truth.iat(), truth.from(), truth.answers());
      case OTHER_PARTIES -> with(truth, truth.requestDigest(), truth.iat(), "TH", truth.answers());
      case FROM_THE_FUTURE ->
          with(
              truth,
              truth.requestDigest(),
              truth.iat() + 3_600,
              same.apply(truth.from()),
              truth.answers());
      case MORE_THAN_ASKED ->
          with(
              truth,
              request.digest(),
              truth.iat(),
              truth.from(),
              truth.answers() == null
                  ? null
                  : java.util.stream.Stream.concat(
                          truth.answers().stream(),
                          java.util.stream.Stream.of(new PredicateAnswer("number_valid", "yes")))
                      .toList());
      case OTHER_THAN_ASKED ->
          with(
              truth,
              request.digest(),
              truth.iat(),
              truth.from(),
              truth.answers() == null ? null : List.of(new PredicateAnswer("number_valid", "yes")));
      default -> truth;
    };
  }

  private static ExchangeAnswer with(
      ExchangeAnswer truth,
      String digest,
      long iat,
      String from,
      @Nullable List<PredicateAnswer> answers) {
    return new ExchangeAnswer(
        truth.requestId(),
        digest,
        iat,
        truth.nonce(),
        from,
        truth.to(),
        truth.outcome(),
        answers,
        truth.person(),
        truth.finding(),
        truth.disclosure(),
        truth.requestEntry(),
        truth.refusal());
  }

  private String receipt(ExchangeRequest asked, SignedMessage<ExchangeAnswer> signed) {
    byte[] entry = entry(asked, signed.payload(), signed.digest());
    return switch (lie) {
      case RECEIPT_OF_ANOTHER_LOG -> forgedLog.append(entry).proof();
      case RECEIPT_OF_ANOTHER_ENTRY ->
          log.append(
                  entry(
                      asked, signed.payload(), SignedMessage.digest(UUID.randomUUID().toString())))
              .proof();
      case RECEIPT_DAMAGED ->
          log.append(entry).proof().replaceFirst("index [0-9]+", "index 999999");
      default -> log.append(entry).proof();
    };
  }

  private static byte[] entry(ExchangeRequest asked, ExchangeAnswer answer, String digest) {
    Refusal because = answer.refusal();
    return ExchangeEntry.of(
            Leg.ANSWER,
            answer.requestId(),
            Instant.now(),
            asked.question(),
            asked.officer(),
            asked.legalBasis())
        .outcome(answer.outcome().wireName(), because == null ? null : because.rule())
        .digest(digest)
        .encode();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
