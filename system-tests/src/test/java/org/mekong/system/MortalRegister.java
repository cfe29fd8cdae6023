package org.mekong.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mekong.client.Profile;
import org.mekong.resourceserver.testing.DpopClient;
import org.mekong.resourceserver.testing.TestIssuer;

/** A registry-service and its PostgreSQL, as processes that can be killed and started again. */
final class MortalRegister implements AutoCloseable {
  private static final String PASSWORD = "mortal-register";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestIssuer issuer = TestIssuer.start();
  private final DpopClient dpop = new DpopClient();
  private final Path folder;
  private final int databasePort;
  private final URI url;
  private final HttpClient http;
  private EmbeddedPostgres database;
  private Process service;

  /** Starts both in a folder. */
  MortalRegister(Path folder) throws Exception {
    this.folder = folder;
    this.databasePort = freePort();
    this.url = URI.create("https://localhost:" + freePort());
    makeKeys();
    this.http = HttpClient.newBuilder().sslContext(trusting()).build();
    startDatabase();
    startService();
  }

  /** An answer: its status, its {@code ETag}, its body. */
  record Answer(int status, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  /** A token of an agency with a scope, and with fields to read for civil registration. */
  String token(String scope, String... fields) {
    return issuer.token(
        dpop,
        "mortal-client",
        url,
        claims -> {
          claims.claim("scope", scope).claim("agency", "vn-mortal");
          return fields.length == 0
              ? claims
              : claims.claim(
                  "authorization_details",
                  List.of(
                      Map.of(
                          "type", "population_lookup",
                          "purpose", "civil-registration",
                          "legal_basis", "Law on Civil Status",
                          "kinds", List.of("read"),
                          "fields", List.of(fields))));
        });
  }

  /** A client's profile of this register, whose tokens are given by the test's issuer. */
  Path profile() throws IOException, GeneralSecurityException {
    Files.writeString(folder.resolve("client.jwk"), dpop.key().toJSONString());
    Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(certificate().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    Path profile = folder.resolve("client.json");
    new Profile(
            "mortal-client",
            issuer.issuer(),
            url,
            url,
            "client.jwk",
            "ca.pem",
            Map.of(),
            "policy.txt")
        .save(profile);
    return profile;
  }

  Answer get(String token, String path) throws IOException, InterruptedException {
    return send(request(token, "GET", path).GET());
  }

  Answer post(String token, String path, String key, String body)
      throws IOException, InterruptedException {
    return send(
        request(token, "POST", path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A public file; nothing where there is none. */
  byte[] file(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? answer.body() : null;
  }

  private HttpRequest.Builder request(String token, String method, String path) {
    URI target = url.resolve(path);
    int query = path.indexOf('?');
    URI proven = url.resolve(query < 0 ? path : path.substring(0, query));
    return HttpRequest.newBuilder(target)
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "DPoP " + token)
        .header("DPoP", dpop.proof(method, proven, token));
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  Connection connection() throws SQLException {
    return database.getPostgresDatabase().getConnection();
  }

  void startDatabase() throws IOException {
    database =
        EmbeddedPostgres.builder()
            .setPort(databasePort)
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
  }

  /** Kills all of PostgreSQL's processes at once, without a warning. */
  void killDatabase() throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    try {
      database.close();
    } catch (IOException | RuntimeException gone) {
      // it was killed; what is closed here is the lock on its folder
    }
  }

  /** Starts PostgreSQL again where it has ended by itself. */
  void reviveDatabase() throws IOException {
    Path pid = folder.resolve("data/postmaster.pid");
    boolean alive =
        Files.exists(pid)
            && ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                .isPresent();
    if (!alive) {
      try {
        database.close();
      } catch (IOException | RuntimeException gone) {
        // it has ended; what is closed here is the lock on its folder
      }
      startDatabase();
    }
  }

  void startService() throws IOException, InterruptedException {
    Path properties = folder.resolve("service.properties");
    Files.writeString(
        properties,
        """
        config_ordinal=275
        mekong.nation=VN
        mekong.production=false
        quarkus.http.host=localhost
        quarkus.http.ssl-port=%d
        quarkus.tls.key-store.p12.path=%s
        quarkus.tls.key-store.p12.password=%s
        registry.base-url=%s
        registry.issuer=%s
        registry.gateway.subject=CN=gateway.mortal.example
        registry.log.generate-key=true
        registry.log.key-file=%s
        registry.log.key-encryption-key-file=%s
        quarkus.datasource.jdbc.url=jdbc:postgresql://localhost:%d/postgres
        quarkus.datasource.username=postgres
        quarkus.datasource.password=postgres
        """
            .formatted(
                url.getPort(),
                folder.resolve("tls.p12"),
                PASSWORD,
                url,
                issuer.issuer(),
                folder.resolve("log-{year}.key"),
                folder.resolve("key-encryption.key"),
                databasePort));
    Path jar =
        RunningPlatform.PROJECT.resolve("registry-service/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IOException("registry-service is not built: " + jar);
    }
    service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.config.locations=" + properties.toUri(),
                "-jar",
                jar.toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("service.log").toFile()))
            .start();
    awaitReady();
  }

  /** Waits until the service says that it is ready. */
  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!service.isAlive()) {
        throw new IOException("the register ended; see " + folder.resolve("service.log"));
      }
      try {
        if (file("/q/health/ready") != null) {
          return;
        }
      } catch (IOException notYet) {
        // it does not listen yet
      }
      Thread.sleep(100);
    }
    throw new IOException("the register is not ready; see " + folder.resolve("service.log"));
  }

  void killService() throws InterruptedException {
    service.destroyForcibly().waitFor();
  }

  private void makeKeys() throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "tls",
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
                PASSWORD,
                "-keystore",
                folder.resolve("tls.p12").toString())
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key");
    }
  }

  private Certificate certificate() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("tls.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys.getCertificate("tls");
  }

  private SSLContext trusting() throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("tls", certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    service.destroy();
    if (!service.waitFor(20, TimeUnit.SECONDS)) {
      service.destroyForcibly();
    }
    try {
      database.close();
    } finally {
      issuer.close();
    }
  }
}
