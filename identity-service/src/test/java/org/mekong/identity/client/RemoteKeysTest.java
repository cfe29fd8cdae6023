package org.mekong.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys at a jwks_uri, from a real https server: what is fetched, how often, and what is not. */
class RemoteKeysTest {
  private static final AtomicInteger ASKED = new AtomicInteger();
  @TempDir static Path folder;
  private static HttpsServer server;
  private static SSLContext tls;
  private static JWK key;
  private static JWK unfit;

  @BeforeAll
  static void serve() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("good").generate().toPublicJWK();
    unfit = new ECKeyGenerator(Curve.P_384).keyID("unfit").generate().toPublicJWK();
    tls = context();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    answer("/keys", 200, new JWKSet(List.of(key, unfit)).toString());
    answer("/large", 200, " ".repeat(70_000) + new JWKSet(key));
    answer("/other", 200, "<html>");
    answer("/broken", 500, "");
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", uri("/keys").toString());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void keysAreFetchedOnceAndRemembered() {
    RemoteKeys keys = new RemoteKeys(false, Optional.of(tls.getSocketFactory()));
    int before = ASKED.get();
    assertEquals(List.of(key), keys.select(client(uri("/keys")), kid("good")));
    assertEquals(List.of(key), keys.select(client(uri("/keys")), kid("good")));
    assertEquals(1, ASKED.get() - before);
    assertEquals(List.of(), keys.select(client(uri("/keys")), kid("unfit")));
  }

  @Test
  void anUnknownKidDoesNotMakeUsAskWithoutEnd() {
    RemoteKeys keys = new RemoteKeys(false, Optional.of(tls.getSocketFactory()));
    int before = ASKED.get();
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of(), keys.select(client(uri("/keys")), kid("unknown-" + i)));
    }
    assertEquals(true, ASKED.get() - before <= 3, "asked " + (ASKED.get() - before) + " times");
  }

  @Test
  void nothingElseIsTaken() {
    RemoteKeys keys = new RemoteKeys(false, Optional.of(tls.getSocketFactory()));
    for (String path : List.of("/large", "/other", "/broken", "/moved", "/absent")) {
      assertEquals(List.of(), keys.select(client(uri(path)), kid("good")), path);
    }
    URI plain = URI.create("http://localhost:" + server.getAddress().getPort() + "/keys");
    assertEquals(List.of(), keys.select(client(plain), kid("good")));
    RemoteKeys distrustful = new RemoteKeys(false, Optional.empty());
    assertEquals(List.of(), distrustful.select(client(uri("/keys")), kid("good")));
  }

  @Test
  void inProductionNothingIsFetchedFromInside() {
    RemoteKeys keys = new RemoteKeys(true, Optional.of(tls.getSocketFactory()));
    int before = ASKED.get();
    assertEquals(List.of(), keys.select(client(uri("/keys")), kid("good")));
    assertEquals(0, ASKED.get() - before);
  }

  private static JWKSelector kid(String kid) {
    return new JWKSelector(new JWKMatcher.Builder().keyID(kid).build());
  }

  private static URI uri(String path) {
    return URI.create("https://localhost:" + server.getAddress().getPort() + path);
  }

  private static Client client(URI jwksUri) {
    return new Client(
        "vn-desk",
        Optional.empty(),
        "Desk",
        new ClientIdentity(
            ClientIdentity.PRIVATE_KEY_JWT, new JWKSet(), Optional.of(jwksUri), Optional.empty()),
        Set.of("client_credentials"),
        Set.of("lookup"),
        List.of(),
        List.of(),
        SignInSettings.NONE,
        Quotas.NONE,
        List.of(),
        Optional.empty(),
        "active",
        Instant.EPOCH,
        Optional.empty(),
        1,
        Instant.EPOCH);
  }

  private static void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            ASKED.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
  }

  private static SSLContext context() throws Exception {
    Path file = folder.resolve("server.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    made.getInputStream().readAllBytes();
    assertEquals(0, made.waitFor());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "changeit".toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
