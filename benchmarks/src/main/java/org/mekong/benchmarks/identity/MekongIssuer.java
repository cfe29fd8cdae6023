package org.mekong.benchmarks.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The identity-service as a process of its own, with the flags that the launcher gives it. */
final class MekongIssuer {

  /** The database, renewed at every run. */
  static final String DATABASE = "identity";

  private static final String ADMINISTRATOR = "mekong-administrator";
  private static final String RESOURCE = "https://gateway.benchmark.example";

  /** As in deploy/local. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms32m",
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:MaxMetaspaceSize=160m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final HttpClient http;
  private final URI url;
  private final List<String> flags;
  private final List<String> application;
  private final Path cache;
  private final ClientSystem administrator;

  /**
   * @param further flags of the JVM, after the usual ones
   */
  MekongIssuer(
      Path folder,
      Path application,
      IssuerDatabase database,
      Certificate certificate,
      HttpClient http,
      List<String> further)
      throws IOException {
    Files.createDirectories(folder);
    this.folder = folder;
    this.http = http;
    this.administrator = ClientSystem.load(folder, ADMINISTRATOR);
    int port = Linux.freePort();
    this.url = URI.create("https://localhost:" + port);
    Path properties = folder.resolve("service.properties");
    Files.writeString(
        properties,
        configuration(database, certificate, port).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
    this.flags = Stream.concat(FLAGS.stream(), further.stream()).toList();
    this.application =
        List.of("-Dquarkus.config.locations=" + properties.toUri(), "-jar", application.toString());
    this.cache = folder.resolve("app.aot");
  }

  private Map<String, String> configuration(
      IssuerDatabase database, Certificate certificate, int port) throws IOException {
    Path jwks = folder.resolve("administrator.jwks");
    Files.writeString(jwks, new JWKSet(administrator.publicKey()).toString());
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Path encryption = folder.resolve("key-encryption.key");
    Files.writeString(encryption, Base64.getEncoder().encodeToString(secret) + "\n");
    Map<String, String> keys = new TreeMap<>();
    keys.put("config_ordinal", "275");
    keys.put("mekong.nation", "VN");
    keys.put("quarkus.http.host", "localhost");
    keys.put("quarkus.http.insecure-requests", "disabled");
    keys.put("quarkus.http.ssl-port", Integer.toString(port));
    keys.put("quarkus.tls.key-store.p12.path", certificate.keyStore().toString());
    keys.put("quarkus.tls.key-store.p12.password", Certificate.PASSWORD);
    keys.put("quarkus.datasource.jdbc.url", database.url(DATABASE));
    keys.put("quarkus.datasource.username", "postgres");
    keys.put("quarkus.datasource.password", "postgres");
    keys.put("identity.issuer", url.toString());
    keys.put("identity.resources", RESOURCE);
    keys.put("identity.log.generate-key", "true");
    keys.put("identity.log.key-file", folder.resolve("log-{year}.key").toString());
    keys.put("identity.key.encryption-key-file", encryption.toString());
    keys.put("identity.administrator.jwks-file", jwks.toString());
    return keys;
  }

  /**
   * Starts it so that its class cache is written when it stops, as the launcher's training does.
   */
  Issuer train() throws IOException, InterruptedException {
    Files.deleteIfExists(cache);
    return start("-XX:AOTCacheOutput=" + cache);
  }

  /** Starts it with the class cache that {@link #train} has left. */
  Issuer start() throws IOException, InterruptedException {
    if (!Files.exists(cache)) {
      throw new IOException("the training left no class cache; see " + folder);
    }
    return start("-XX:AOTCache=" + cache);
  }

  private Issuer start(String ofCache) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.add(ofCache);
    words.addAll(application);
    return new Issuer.Start(
            "identity-service",
            new ProcessBuilder(words).directory(folder.toFile()),
            folder.resolve("service.log"),
            url,
            url.resolve("/token"),
            url.resolve("/q/health/ready"))
        .run(http);
  }

  /** Registers an agency with these clients. */
  void register(List<ClientSystem> clients) throws IOException, InterruptedException {
    post(
        "/admin/v1/agencies",
        Map.of("id", "vn-benchmark", "name", "Benchmark", "agencyClass", "civil-registry"));
    for (ClientSystem client : clients) {
      post(
          "/admin/v1/clients",
          Map.of(
              "clientId",
              client.id(),
              "agencyId",
              "vn-benchmark",
              "name",
              "A system of the benchmark",
              "jwks",
              new JWKSet(client.publicKey()).toJSONObject(),
              "scopes",
              List.of("lookup"),
              "resources",
              List.of(RESOURCE),
              "authorizationDetails",
              List.of(
                  Map.of(
                      "type",
                      "population_lookup",
                      "purpose",
                      "marriage",
                      "legalBasis",
                      "Law 60/2014/QH13",
                      "countries",
                      List.of("LA"),
                      "kinds",
                      List.of("verify"),
                      "fields",
                      List.of("alive", "age_over", "married")))));
    }
  }

  /** How many entries the service's journal has taken. */
  static long journalled(IssuerDatabase database) throws SQLException {
    return database.count(
        DATABASE,
        "SELECT (SELECT count(*) FROM log_entry) + (SELECT count(*) FROM log_pending_entry)");
  }

  private void post(String path, Object body) throws IOException, InterruptedException {
    String token = token();
    URI target = url.resolve(path);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(target)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", administrator.proof("POST", target, hash(token)))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  private String token() throws IOException, InterruptedException {
    JsonNode answer =
        Tokens.ask(
            http,
            url.resolve("/token"),
            administrator.request(
                url,
                url.resolve("/token"),
                "&scope=identity.admin&resource=" + ClientSystem.encode(url.toString())));
    return answer.path("access_token").asText();
  }

  private static String hash(String token) {
    try {
      return Base64URL.encode(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)))
          .toString();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
