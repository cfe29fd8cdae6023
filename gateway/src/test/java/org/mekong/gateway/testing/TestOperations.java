package org.mekong.gateway.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an agency does with operations. */
public final class TestOperations {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Surroundings around;
  private final TestAgency agency;

  public TestOperations(Surroundings around, TestAgency agency) {
    this.around = around;
    this.agency = agency;
  }

  /** Queues a question. */
  public TestAgency.Answer queue(String question, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Prefer";
    all[1] = "respond-async";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return agency.ask(question, all);
  }

  /** Calls a path. */
  public TestAgency.Answer call(String method, String path) {
    return call(method, path, agency.token());
  }

  /** Calls a path with a token. */
  public TestAgency.Answer call(String method, String path, String token) {
    URI target = around.gateway().resolve(path);
    URI bare = URI.create(target.toString().replaceFirst("\\?.*", ""));
    return agency.send(
        HttpRequest.newBuilder(target)
            .header("Authorization", "DPoP " + token)
            .header("DPoP", agency.client().proof(method, bare, token))
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Looks at an operation until it is final. */
  public TestAgency.Answer finished(String path) {
    return until(path, List.of("answered", "refused", "expired", "cancelled"));
  }

  /** Looks at an operation until it has one of these states. */
  public TestAgency.Answer until(String path, List<String> states) {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      TestAgency.Answer answer = call("GET", path);
      if (states.contains(answer.body().path("state").asText())) {
        return answer;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("still " + answer.response().body());
      }
      pause();
    }
  }

  /** A moment. */
  public static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The kinds of legs that our log holds of a request. */
  public List<String> legs(String requestId) {
    return new PublishedLog(around)
        .entriesOf(requestId).stream().map(entry -> entry.path("leg").asText()).toList();
  }
}
