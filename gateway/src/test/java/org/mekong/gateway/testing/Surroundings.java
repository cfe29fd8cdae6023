package org.mekong.gateway.testing;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.mekong.gateway.agreement.signing.AgreementSignature;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.testing.EmbeddedDatabase;
import org.mekong.resourceserver.testing.TestIssuer;

/**
 * Everything around the gateway of Viet Nam under test, started before it, with the configuration
 * that points it there. Tests get it by a field of this type.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

  private final TestAuthority authority = new TestAuthority("CN=Mekong test authority");
  private final TestAuthority strangers = new TestAuthority("CN=Strangers' authority");
  private final NoteSigner peerRegistry = NoteSigner.generate("la.mekong.example/registry/2026");
  private final TestAuthority successors = new TestAuthority("CN=Mekong test authority 2");
  private final ECKey gatewayKey = PeerDouble.newKey("vn-exchange");

  /**
   * Each start makes new keys, which fit no log of an earlier one: so it gets databases of its own.
   */
  private final String start = UUID.randomUUID().toString().replace("-", "").substring(0, 12);

  private @Nullable PeerDouble peer;
  private @Nullable RegistryDouble registry;
  private @Nullable TestIssuer issuer;
  private @Nullable URI gateway;
  private @Nullable Path files;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "gateway-");
      files = folder;
      authority.write(folder.resolve("authority.pem"));
      TestAuthority.write(folder, "gateway", authority.identity("CN=gateway.vn.mekong.example"));
      Files.writeString(folder.resolve("exchange.jwk"), gatewayKey.toJSONString());
      peer = peer();
      registry =
          new RegistryDouble(
              TestAuthority.context(
                  authority.identity("CN=registry.vn.mekong.example"), authority, successors));
      issuer = TestIssuer.start();
      int port = freePort();
      gateway = URI.create("https://localhost:" + port);
      Files.writeString(folder.resolve("la.jwks"), new JWKSet(peer.key().toPublicJWK()).toString());
      Files.writeString(
          folder.resolve("la-log-keys.txt"),
          peer.logKey() + "\n" + peerRegistry.verifierKey() + "\n");
      sign(folder, "vn-la.json", gatewayKey, peer.key());
      sign(folder, "vn.json", gatewayKey);
      Files.writeString(
          folder.resolve("witness.key"),
          Cosigner.generate("vn.mekong.example/witness").encoded() + "\n");
      return configuration(folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sign(Path folder, String name, ECKey... parties) throws IOException {
    byte[] agreement = Files.readAllBytes(Path.of("../deploy/local/agreements", name));
    Files.write(folder.resolve(name), agreement);
    Files.write(
        folder.resolve(name + ".signatures"),
        Stream.of(parties).map(key -> AgreementSignature.sign(key, agreement)).toList());
  }

  private Map<String, String> configuration(Path folder, int port) {
    EmbeddedDatabase database = EmbeddedDatabase.shared();
    var keys = new HashMap<String, String>();
    keys.put("mekong.nation", "VN");
    keys.put("quarkus.http.test-ssl-port", String.valueOf(port));
    keys.put("quarkus.tls.key-store.pem.0.cert", folder.resolve("gateway.pem").toString());
    keys.put("quarkus.tls.key-store.pem.0.key", folder.resolve("gateway.key").toString());
    keys.put("quarkus.tls.trust-store.pem.certs", folder.resolve("authority.pem").toString());
    keys.put("gateway.tls.reload", "1s");
    keys.put("gateway.exchange.key-reload", "PT1S");
    keys.put("gateway.exchange.guard.pause", "PT1S");
    keys.put("gateway.exchange.guard.most-under-way", "24");
    keys.put("gateway.exchange.guard.most-being-answered", "32");
    keys.put("gateway.past.every", "PT0S");
    keys.put("quarkus.datasource.jdbc.url", database.jdbcUrl("vn_gateway_" + start));
    keys.put("quarkus.datasource.username", database.user());
    keys.put("quarkus.datasource.password", database.password());
    keys.put("gateway.issuer", issuer().issuer().toString());
    keys.put("gateway.base-url", gateway().toString());
    keys.put("gateway.registry.url", registry().url().toString());
    keys.put("gateway.registry.certificate-subject", "CN=registry.vn.mekong.example");
    keys.put("gateway.exchange.key-file", folder.resolve("exchange.jwk").toString());
    keys.put("gateway.log.key-file", folder.resolve("log-{year}.key").toString());
    keys.put(
        "gateway.log.key-encryption-key-file", folder.resolve("key-encryption.key").toString());
    keys.put("gateway.log.generate-key", "true");
    keys.put("gateway.witness.key-file", folder.resolve("witness.key").toString());
    keys.put("gateway.lookup.officer-by-token", "civil-status,travel-document");
    keys.put(
        "gateway.agreement-files", folder.resolve("vn-la.json") + "," + folder.resolve("vn.json"));
    keys.put("gateway.webhook.allowed-ranges", "127.0.0.0/8,::1/128");
    keys.put("gateway.webhook.first-pause", "PT0.2S");
    keys.put("gateway.webhook.attempts", "3");
    keys.put("gateway.peers.LA.url", peerDouble().url().toString());
    keys.put("gateway.peers.LA.jwks-file", folder.resolve("la.jwks").toString());
    keys.put("gateway.peers.LA.certificate-subject", "CN=gateway.la.mekong.example");
    keys.put("gateway.peers.LA.log-keys-file", folder.resolve("la-log-keys.txt").toString());
    return keys;
  }

  private PeerDouble peer() {
    return new PeerDouble(
        peerContext(),
        new JWKSet(gatewayKey.toPublicJWK()),
        new PeerLogs(logDatabase("la_gateway"), logDatabase("la_forged"), logDatabase("la_fork")));
  }

  private DataSource logDatabase(String name) {
    DataSource database = EmbeddedDatabase.shared().dataSource(name + "_" + start);
    Flyway.configure().dataSource(database).locations("db/transparency-log").load().migrate();
    return database;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, field -> field.getType().equals(Surroundings.class));
  }

  @Override
  public void stop() {
    if (peer != null) {
      peer.stop();
    }
    if (issuer != null) {
      issuer.close();
    }
  }

  public PeerDouble peerDouble() {
    return Objects.requireNonNull(peer);
  }

  /** The key of the log of the peer's register, which the gateway under test cosigns. */
  public NoteSigner peerRegistryKey() {
    return peerRegistry;
  }

  public RegistryDouble registry() {
    return Objects.requireNonNull(registry);
  }

  public TestIssuer issuer() {
    return Objects.requireNonNull(issuer);
  }

  /** The base URL of the gateway under test. */
  public URI gateway() {
    return Objects.requireNonNull(gateway);
  }

  /** The key of the gateway under test. */
  public ECKey gatewayKey() {
    return gatewayKey.toPublicJWK();
  }

  /** Gives the gateway under test another certificate, of the authority that follows. */
  public void renewCertificate() {
    Path folder = Objects.requireNonNull(files);
    TestAuthority.write(folder, "next", successors.identity("CN=gateway.vn.mekong.example"));
    swap(folder.resolve("next.key"), folder.resolve("gateway.key"));
    swap(folder.resolve("next.pem"), folder.resolve("gateway.pem"));
  }

  /** Has the gateway under test trust the authority that follows, too. */
  public void trustSuccessors() {
    Path folder = Objects.requireNonNull(files);
    try {
      Path both = authority.write(folder.resolve("both.pem"));
      Path next = successors.write(folder.resolve("successors.pem"));
      Files.writeString(both, Files.readString(both) + Files.readString(next));
      swap(both, folder.resolve("authority.pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the gateway under test another key to sign with. */
  public void changeExchangeKey(ECKey key) {
    Path folder = Objects.requireNonNull(files);
    try {
      Path next = Files.writeString(folder.resolve("next.jwk"), key.toJSONString());
      swap(next, folder.resolve("exchange.jwk"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key of the gateway under test at its start. */
  public ECKey firstExchangeKey() {
    return gatewayKey;
  }

  private static void swap(Path next, Path file) {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** TLS as the peer of Laos with a certificate of the authority that follows; trusts both. */
  public SSLContext successorContext() {
    return TestAuthority.context(
        successors.identity("CN=gateway.la.mekong.example"), authority, successors);
  }

  /** TLS as the peer of Laos. */
  public SSLContext peerContext() {
    return TestAuthority.context(
        authority.identity("CN=gateway.la.mekong.example"), authority, successors);
  }

  /** A certificate of an agency's system, of the authority that the trust store vouches for. */
  public TestAuthority.Identity agencyIdentity() {
    return authority.identity("CN=system.quang-tri.vn.mekong.example");
  }

  /** TLS with this certificate. */
  public SSLContext contextOf(TestAuthority.Identity identity) {
    return TestAuthority.context(identity, authority, successors);
  }

  /** TLS with a certificate that the trust store vouches for and nobody has pinned. */
  public SSLContext strangerContext() {
    return TestAuthority.context(
        authority.identity("CN=somebody.else.example"), authority, successors);
  }

  /** TLS with the peer's name on a certificate that the trust store does not vouch for. */
  public SSLContext forgedContext() {
    return TestAuthority.context(
        strangers.identity("CN=gateway.la.mekong.example"), authority, successors);
  }

  /** TLS as an agency's system that receives messages. */
  public SSLContext receiverContext() {
    return authority.context(authority.identity("CN=receiver.vn.mekong.example"));
  }

  /** TLS without a certificate. */
  public SSLContext anonymousContext() {
    return TestAuthority.anonymousContext(authority, successors);
  }
}
