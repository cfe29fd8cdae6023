package org.mekong.registry.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.log.testing.Relay;
import org.mekong.resourceserver.testing.TestIssuer;

/**
 * Starts what a register needs around it, on free ports: a database, an issuer, a certificate
 * authority. Argument {@code nation} chooses the nation, {@code witnesses} the policy file of the
 * log's witnesses, {@code relay} puts a {@link Relay} between the node and its database.
 */
public class RegistryNode implements QuarkusTestResourceLifecycleManager {

  private String nation = "VN";
  private String witnesses = "";
  private String issuerUrl = "";
  private boolean relayed;
  private @Nullable Relay relay;
  private TestIssuer issuer = TestIssuer.start();
  private TestSetting setting = new TestSetting(issuer, "", Path.of(""), "");

  @Override
  public void init(Map<String, String> arguments) {
    nation = arguments.getOrDefault("nation", nation);
    witnesses = arguments.getOrDefault("witnesses", witnesses);
    issuerUrl = arguments.getOrDefault("issuer", issuerUrl);
    relayed = Boolean.parseBoolean(arguments.getOrDefault("relay", "false"));
  }

  @Override
  public Map<String, String> start() {
    String name = "registry_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    Path folder = Path.of("target", "node", name).toAbsolutePath();
    TestCertificates certificates = TestCertificates.create(folder);
    certificates.issue("server", "CN=localhost");
    certificates.issue(
        "gateway", "CN=gateway." + nation.toLowerCase(Locale.ROOT) + ".mekong.example");
    certificates.issue("stranger", "CN=stranger.mekong.example");
    int port = freePort();
    String url = "https://localhost:" + port;
    setting = new TestSetting(issuer, url, folder, name);
    Map<String, String> config = new HashMap<>();
    config.put("mekong.nation", nation);
    config.put("quarkus.http.test-ssl-port", Integer.toString(port));
    config.put("registry.base-url", url);
    config.put(
        "registry.gateway.subject",
        "CN=gateway." + nation.toLowerCase(Locale.ROOT) + ".mekong.example");
    config.put("registry.log.key-file", folder.resolve("log-{year}.key").toString());
    config.put(
        "registry.log.key-encryption-key-file", folder.resolve("key-encryption.key").toString());
    config.put("registry.log.generate-key", "true");
    config.put("registry.issuer", issuer.issuer().toString());
    config.put("quarkus.datasource.jdbc.url", database(name));
    config.put("quarkus.datasource.username", EmbeddedDatabase.shared().user());
    config.put("quarkus.datasource.password", EmbeddedDatabase.shared().password());
    config.put("quarkus.tls.key-store.pem.0.cert", folder.resolve("server.pem").toString());
    config.put("quarkus.tls.key-store.pem.0.key", folder.resolve("server-key.pem").toString());
    config.put("quarkus.tls.trust-store.pem.certs", folder.resolve("ca.pem").toString());
    config.put("registry.feed.heartbeat", "PT1S");
    config.put("registry.feed.patience", "PT2S");
    config.put("registry.webhook.allowed-ranges", "127.0.0.0/8");
    config.put("registry.webhook.deadline", "PT2S");
    config.put("registry.webhook.first-pause", "PT0.2S");
    config.put("registry.webhook.attempts", "3");
    if (!issuerUrl.isEmpty()) {
      config.put("registry.issuer", issuerUrl);
    }
    if (!witnesses.isEmpty()) {
      config.put("registry.witness.policy-file", witnesses);
    }
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(setting, new TestInjector.MatchesType(TestSetting.class));
    if (relay != null) {
      injector.injectIntoFields(relay, new TestInjector.MatchesType(Relay.class));
    }
  }

  @Override
  public void stop() {
    issuer.close();
    if (relay != null) {
      try {
        relay.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String database(String name) {
    EmbeddedDatabase server = EmbeddedDatabase.shared();
    String url = server.jdbcUrl(name);
    if (!relayed) {
      return url;
    }
    try {
      Relay wire = Relay.to(server.port());
      relay = wire;
      return url.replace(":" + server.port(), ":" + wire.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
