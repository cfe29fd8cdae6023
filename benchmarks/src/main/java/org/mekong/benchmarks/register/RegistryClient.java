package org.mekong.benchmarks.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mekong.benchmarks.load.Wrk;
import org.mekong.resourceserver.testing.DpopClient;
import org.mekong.resourceserver.testing.TestIssuer;

/** Calls the register as an agency does: token, proof for each request, TLS. Thread-safe. */
final class RegistryClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpResponse.BodyHandler<String> BODY = HttpResponse.BodyHandlers.ofString();

  private final TestIssuer issuer;
  private final DpopClient dpop = new DpopClient();
  private final URI url;
  private final HttpClient http;

  RegistryClient(TestIssuer issuer, URI url, Path trust)
      throws IOException, GeneralSecurityException {
    this.issuer = issuer;
    this.url = url;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context(trust))
            .build();
  }

  /** A token with a scope, and fields for a purpose and kinds. */
  String token(String scope, String purpose, List<String> kinds, List<String> fields) {
    return issuer.token(
        dpop,
        "benchmark",
        url,
        claims -> {
          claims.claim("scope", scope).claim("agency", "vn-benchmark");
          return purpose.isEmpty()
              ? claims
              : claims.claim(
                  "authorization_details",
                  List.of(
                      Map.of(
                          "type",
                          "population_lookup",
                          "purpose",
                          purpose,
                          "legal_basis",
                          "benchmark",
                          "kinds",
                          kinds,
                          "fields",
                          fields)));
        });
  }

  /** Posts, and fails unless the answer has the status. */
  JsonNode post(String token, String path, String body, int status)
      throws IOException, InterruptedException {
    return answer(post(token, path, body), status);
  }

  /** Posts with a new idempotency key; the status, which is no server's fault. */
  int tryPost(String token, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(post(token, path, body), BODY);
    if (answer.statusCode() >= 500) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.statusCode();
  }

  private HttpRequest post(String token, String path, String body) {
    URI target = url.resolve(path);
    return HttpRequest.newBuilder(target)
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "DPoP " + token)
        .header("DPoP", dpop.proof("POST", target, token))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Gets, and fails unless the answer has the status. */
  JsonNode get(String token, String path, int status) throws IOException, InterruptedException {
    URI target = url.resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofMinutes(2))
            .header("Authorization", "DPoP " + token)
            .header("DPoP", dpop.proof("GET", target, token))
            .GET();
    return answer(request.build(), status);
  }

  /** Signs requests to get something, on all processors; good once, and for a minute. */
  List<Wrk.Request> sign(String token, List<String> paths) {
    return paths.parallelStream()
        .map(
            path ->
                new Wrk.Request(
                    "GET",
                    path,
                    Map.of(
                        "Authorization",
                        "DPoP " + token,
                        "DPoP",
                        dpop.proof("GET", url.resolve(path), token)),
                    ""))
        .toList();
  }

  /** Sends what was signed, and fails unless the answer has the status. */
  void send(Wrk.Request signed, int status) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(signed.path()))
            .timeout(Duration.ofMinutes(2))
            .header("Authorization", signed.headers().get("Authorization"))
            .header("DPoP", signed.headers().get("DPoP"))
            .GET()
            .build();
    HttpResponse<String> answer = http.send(request, BODY);
    if (answer.statusCode() != status) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
  }

  private JsonNode answer(HttpRequest request, int status)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BODY);
    if (answer.statusCode() != status) {
      throw new IOException(
          request.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Sends a file, and fails unless the answer has the status. */
  JsonNode upload(String token, String path, String type, Path file, int status)
      throws IOException, InterruptedException {
    URI target = url.resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofMinutes(5))
            .header("Authorization", "DPoP " + token)
            .header("DPoP", dpop.proof("POST", target, token))
            .header("Content-Type", type)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofFile(file));
    return answer(request.build(), status);
  }

  private static SSLContext context(Path trust) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(trust)) {
      keys.load(in, RegistryProcess.PASSWORD.toCharArray());
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("tls", keys.getCertificate("tls"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
