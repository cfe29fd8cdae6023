package org.mekong.client.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.rar.AuthorizationDetail;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mekong.client.AgencySession;
import org.mekong.client.Profile;
import org.mekong.client.TokenRefusedException;

/** The register of one's own country, with a token that is renewed while work goes on. */
final class RegisterDoor {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Shorter than a token lives. */
  private static final Duration TOKEN_USED = Duration.ofSeconds(60);

  private final AgencySession session;
  private final URI register;
  private final String scope;
  private final List<AuthorizationDetail> details;
  private @Nullable DPoPAccessToken token;
  private long renewed;

  /**
   * @param profile who comes; that of the registry office which deploy/local/up registered for lack
   *     of one
   * @param node base URL of the register; the profile's for lack of one
   */
  RegisterDoor(
      @Nullable Path profile, @Nullable URI node, String scope, List<AuthorizationDetail> details)
      throws IOException {
    Profile.Loaded loaded =
        Profile.load(
            profile == null
                ? Mekong.dataFolder().resolve("VN/clients/registry-office.json")
                : profile);
    this.session = AgencySession.of(loaded);
    this.scope = scope;
    this.details = List.copyOf(details);
    this.register =
        Optional.ofNullable(node)
            .or(() -> Optional.ofNullable(loaded.profile().registry()))
            .orElseThrow(
                () ->
                    new IOException(
                        "the profile names no register: give its base URL with --node"));
  }

  /** Sends a request to a path of the register. */
  <T> HttpResponse<T> send(
      String method,
      String path,
      Map<String, String> headers,
      HttpRequest.BodyPublisher body,
      HttpResponse.BodyHandler<T> answer)
      throws IOException, InterruptedException, TokenRefusedException {
    return session.send(method, register.resolve(path), token(), headers, body, answer);
  }

  /** Gets JSON, or the problem document of a refusal. */
  Answer get(String path) throws IOException, InterruptedException, TokenRefusedException {
    return Answer.of(
        send(
            "GET",
            path,
            Map.of("Accept", "application/json, application/problem+json"),
            HttpRequest.BodyPublishers.noBody(),
            HttpResponse.BodyHandlers.ofString()));
  }

  private DPoPAccessToken token() throws IOException, TokenRefusedException {
    DPoPAccessToken held = token;
    if (held == null || System.nanoTime() - renewed > TOKEN_USED.toNanos()) {
      held = session.token(scope, register, details);
      token = held;
      renewed = System.nanoTime();
    }
    return held;
  }

  /** A JSON answer. */
  record Answer(int status, JsonNode body) {

    static Answer of(HttpResponse<String> response) throws IOException {
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    boolean isGood() {
      return status / 100 == 2;
    }

    /** A refusal in words that say what to do. */
    String refusal() {
      StringBuilder text =
          new StringBuilder("refused   %d %s".formatted(status, body.path("title").asText()));
      for (JsonNode violation : body.path("violations")) {
        text.append(
            "%n          %s %s (%s)"
                .formatted(
                    violation.path("field").asText(),
                    violation.path("detail").asText(),
                    violation.path("rule").asText()));
      }
      if (body.path("violations").isEmpty()) {
        text.append("%n          %s".formatted(body.path("detail").asText()));
      }
      return text.append("%n          %s".formatted(body.path("action").asText())).toString();
    }
  }
}
