package org.mekong.benchmarks.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mekong.benchmarks.load.Commands;

/**
 * Keycloak from its distribution, in production mode and with the memory flags that its own start
 * script chooses, with a realm that holds it to the same: private_key_jwt and tokens by ES256,
 * bound by DPoP. Its events go where it puts them by default, which is nowhere lasting.
 */
final class KeycloakIssuer {

  static final String DATABASE = "keycloak";
  private static final String REALM = "mekong";

  private final Path home;
  private final Path folder;
  private final HttpClient http;
  private final int management;
  private final URI issuer;
  private final List<String> options;

  KeycloakIssuer(
      Path folder,
      Path home,
      IssuerDatabase database,
      Certificate certificate,
      HttpClient http,
      List<ClientSystem> clients)
      throws IOException {
    Files.createDirectories(folder);
    this.folder = folder;
    this.home = home;
    this.http = http;
    int port = Linux.freePort();
    this.management = Linux.freePort();
    this.issuer = URI.create("https://localhost:" + port + "/realms/" + REALM);
    Path realm = home.resolve("data").resolve("import").resolve(REALM + "-realm.json");
    Files.createDirectories(realm.getParent());
    new ObjectMapper().writeValue(realm.toFile(), realm(clients));
    this.options =
        List.of(
            "--db-url=" + database.url(DATABASE),
            "--db-username=postgres",
            "--db-password=postgres",
            "--http-host=127.0.0.1",
            "--https-port=" + port,
            "--http-management-port=" + management,
            "--https-key-store-file=" + certificate.keyStore(),
            "--https-key-store-password=" + Certificate.PASSWORD,
            "--hostname=https://localhost:" + port);
  }

  /**
   * Prepares what production prepares once: the optimised build. One node needs no cluster, so its
   * caches stay local, which costs it less.
   */
  void build() throws IOException, InterruptedException {
    Path done = folder.resolve("built");
    if (!Files.exists(done)) {
      script("build", "--db=postgres", "--health-enabled=true", "--cache=local");
      Files.writeString(done, "");
    }
  }

  Issuer start() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(home.resolve("bin").resolve("kc.sh").toString());
    words.addAll(List.of("start", "--optimized", "--import-realm"));
    words.addAll(options);
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return new Issuer.Start(
            "Keycloak",
            command,
            folder.resolve("keycloak.log"),
            issuer,
            URI.create(issuer + "/protocol/openid-connect/token"),
            URI.create("https://localhost:" + management + "/health/ready"))
        .run(http);
  }

  private void script(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.add(home.resolve("bin").resolve("kc.sh").toString());
    command.addAll(List.of(words));
    Commands.run(command.toArray(String[]::new));
  }

  private static Map<String, Object> realm(List<ClientSystem> clients) {
    Map<String, Object> key =
        Map.of(
            "name",
            "es256",
            "providerId",
            "ecdsa-generated",
            "config",
            Map.of(
                "active", List.of("true"),
                "enabled", List.of("true"),
                "priority", List.of("200"),
                "ecdsaEllipticCurveKey", List.of("P-256")));
    return Map.of(
        "realm",
        REALM,
        "enabled",
        true,
        "sslRequired",
        "all",
        "accessTokenLifespan",
        300,
        "defaultSignatureAlgorithm",
        "ES256",
        "components",
        Map.of("org.keycloak.keys.KeyProvider", List.of(key)),
        "clients",
        clients.stream().map(KeycloakIssuer::client).toList());
  }

  private static Map<String, Object> client(ClientSystem client) {
    return Map.of(
        "clientId",
        client.id(),
        "enabled",
        true,
        "protocol",
        "openid-connect",
        "publicClient",
        false,
        "standardFlowEnabled",
        false,
        "serviceAccountsEnabled",
        true,
        "clientAuthenticatorType",
        "client-jwt",
        "attributes",
        Map.of(
            "use.jwks.url", "false",
            "use.jwks.string", "true",
            "jwks.string", new JWKSet(client.publicKey()).toString(),
            "token.endpoint.auth.signing.alg", "ES256",
            "access.token.signed.response.alg", "ES256",
            "dpop.bound.access.tokens", "true"));
  }
}
