package org.mekong.registry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the register over few connections, for tests that send thousands: as an agency
 * with a token, or with a certificate. Thread-safe.
 */
public final class Wire {

  private static final char[] PASSWORD = TestCertificates.PASSWORD.toCharArray();

  private final TestSetting setting;
  private final RegistryClient client;
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  /** With the client's DPoP key. */
  public Wire(TestSetting setting, RegistryClient client) {
    this.setting = setting;
    this.client = client;
  }

  /** An answer, read whole. */
  public record Answer(int status, String type, String body) {}

  /** Sends with a token and a new proof. */
  public Answer send(
      String token, String method, String path, Map<String, String> headers, String body) {
    int query = path.indexOf('?');
    URI proven = URI.create(setting.url() + (query < 0 ? path : path.substring(0, query)));
    HttpRequest.Builder request = request(method, path, headers, body);
    request.header("Authorization", "DPoP " + token);
    request.header("DPoP", client.dpop().proof(method, proven, token));
    return send("", request);
  }

  /** Sends with the gateway's certificate. */
  public Answer sendAsGateway(
      String method, String path, Map<String, String> headers, String body) {
    return sendWith("gateway", method, path, headers, body);
  }

  /** Sends with a certificate of this file name, or none where it is empty. */
  public Answer sendWith(
      String certificate, String method, String path, Map<String, String> headers, String body) {
    return send(certificate, request(method, path, headers, body));
  }

  private HttpRequest.Builder request(
      String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(setting.url() + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    if (!headers.containsKey("Content-Type")) {
      request.setHeader("Content-Type", "application/json");
    }
    return request;
  }

  private Answer send(String certificate, HttpRequest.Builder request) {
    HttpClient http = clients.computeIfAbsent(certificate, this::http);
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Optional<String> type = answer.headers().firstValue("Content-Type");
      return new Answer(
          answer.statusCode(), type.orElse(""), new String(answer.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpClient http(String certificate) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store("trust"));
      KeyManager @Nullable [] keys = null;
      if (!certificate.isEmpty()) {
        KeyManagerFactory own =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(certificate), PASSWORD);
        keys = own.getKeyManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return HttpClient.newBuilder()
          .sslContext(context)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore store(String file) throws IOException, GeneralSecurityException {
    Path path = setting.folder().resolve(file + ".p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(path)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
