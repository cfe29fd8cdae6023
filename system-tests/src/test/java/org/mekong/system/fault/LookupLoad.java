package org.mekong.system.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.rar.AuthorizationType;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.minidev.json.JSONArray;
import org.jspecify.annotations.Nullable;
import org.mekong.client.AgencySession;
import org.mekong.client.AnswerCheck;
import org.mekong.client.AnswerInvalidException;
import org.mekong.client.Profile;
import org.mekong.client.Question;
import org.mekong.client.TokenRefusedException;
import org.mekong.log.command.TrustedTls;

/**
 * An agency that asks one question after the other and repeats each under its Idempotency-Key until
 * it is answered or refused for good.
 */
public final class LookupLoad {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofMillis(150);
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  /** As long as a signed request is taken, and a little less. */
  private static final Duration FRESH = Duration.ofSeconds(55);

  /** Nobody refuses for good with these: the same may be asked again. */
  private static final Set<Integer> AGAIN = Set.of(401, 409, 425, 429, 500, 502, 503, 504);

  private final AgencySession session;
  private final HttpClient http;
  private final DPoPProofFactory proofs;
  private final AnswerCheck check;
  private final URI gateway;
  private final String number;
  private final Queue<Promise> promises = new ConcurrentLinkedQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicInteger tooLate = new AtomicInteger();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long patience = Long.MAX_VALUE;
  private volatile @Nullable DPoPAccessToken token;

  /** A load of questions about the person of a number. */
  public LookupLoad(Profile.Loaded office, String number) throws IOException {
    this.session = AgencySession.of(office);
    this.http =
        HttpClient.newBuilder()
            .sslContext(TrustedTls.trusting(office.file(office.profile().caFile())))
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    try {
      this.proofs = new DefaultDPoPProofFactory(office.key().toECKey(), JWSAlgorithm.ES256);
    } catch (JOSEException e) {
      throw new IOException(e);
    }
    this.check = AnswerCheck.of(office);
    this.gateway = office.profile().gateway();
    this.number = number;
  }

  /**
   * Begins.
   *
   * @param rest of each worker after an answer, so that a long load stays within the day's quota
   */
  public void start(int many, Duration rest) {
    for (int i = 0; i < many; i++) {
      workers.add(Thread.ofVirtual().start(() -> work(rest)));
    }
  }

  /** Asks nothing new, and waits until what was begun has an end. */
  public void finish(Duration within) throws InterruptedException {
    patience = System.nanoTime() + within.toNanos();
    stopping = true;
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private void work(Duration rest) {
    while (!stopping) {
      begun.incrementAndGet();
      ask(UUID.randomUUID().toString());
      pause(rest);
    }
  }

  /** Asks under a key until there is an end; false where patience was over before. */
  public boolean ask(String key) {
    long first = System.nanoTime();
    while (System.nanoTime() < patience || patience == Long.MAX_VALUE) {
      try {
        HttpResponse<String> response = once(key);
        if (response.statusCode() == 200) {
          promises.add(promise(response.body()));
          return true;
        }
        if (!AGAIN.contains(response.statusCode())) {
          end(response, Duration.ofNanos(System.nanoTime() - first));
          return true;
        }
        if (response.statusCode() == 401) {
          token = null;
        }
      } catch (AnswerInvalidException e) {
        wrong.add(key + " " + e.getMessage());
        return true;
      } catch (IOException | TokenRefusedException e) {
        // nobody answered; the same is asked again
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      repeats.incrementAndGet();
      pause(PAUSE);
    }
    wrong.add(key + " never came to an end");
    return false;
  }

  /**
   * A refusal is for good. One that came when what was signed at first is too old to be taken is an
   * end, too, for whoever was not there all the while.
   */
  private void end(HttpResponse<String> refused, Duration asked) throws IOException {
    String rule = JSON.readTree(refused.body()).path("rule").asText();
    if (rule.equals("exchange/late") && asked.compareTo(FRESH) >= 0) {
      tooLate.incrementAndGet();
    } else {
      refusals.add(refused.statusCode() + " " + refused.body());
    }
  }

  private static void pause(Duration rest) {
    try {
      Thread.sleep(rest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks under a key, once. */
  public HttpResponse<String> once(String key)
      throws IOException, InterruptedException, TokenRefusedException {
    URI target = gateway.resolve("/v1/lookups");
    String body =
        """
        {"country":"LA","kind":"verify","purpose":"marriage","subject":{"personalNumber":"%s"},
         "predicates":[{"name":"alive"}],"officer":"officer-1","deadline":"%s"}"""
            .formatted(number, DEADLINE);
    DPoPAccessToken access = token();
    return http.send(
        HttpRequest.newBuilder(target)
            .timeout(DEADLINE.plusSeconds(4))
            .header("Authorization", access.toAuthorizationHeader())
            .header("DPoP", proof(target, access))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String proof(URI target, DPoPAccessToken access) throws IOException {
    try {
      return proofs.createDPoPJWT("POST", target, access).serialize();
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private synchronized DPoPAccessToken token() throws IOException, TokenRefusedException {
    DPoPAccessToken known = token;
    if (known == null) {
      JSONArray countries = new JSONArray();
      countries.add("LA");
      JSONArray kinds = new JSONArray();
      kinds.add("verify");
      JSONArray fields = new JSONArray();
      fields.add("alive");
      known =
          session.token(
              "lookup",
              gateway,
              List.of(
                  new AuthorizationDetail.Builder(new AuthorizationType("population_lookup"))
                      .field("purpose", "marriage")
                      .field("countries", countries)
                      .field("kinds", kinds)
                      .field("fields", fields)
                      .build()));
      token = known;
    }
    return known;
  }

  private Promise promise(String body) throws IOException, AnswerInvalidException {
    JsonNode envelope = JSON.readTree(body);
    Question question =
        new Question(
            "LA",
            "marriage",
            number,
            List.of(new Question.Predicate("alive", Map.of())),
            List.of(),
            "officer-1");
    String requestId = check.check(question, envelope).requestId();
    return new Promise(
        requestId,
        digest(envelope.path("signedRequest").asText()),
        digest(envelope.path("signedAnswer").asText()));
  }

  private static String digest(String compact) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was acknowledged. */
  public List<Promise> promises() {
    return List.copyOf(promises);
  }

  /** What was refused for good. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** What must not have happened: answers that do not verify, questions without an end. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  @Override
  public String toString() {
    return "%d questions, %d repeats, %d acknowledged, %d too late, %d refused"
        .formatted(begun.get(), repeats.get(), promises.size(), tooLate.get(), refusals.size());
  }
}
