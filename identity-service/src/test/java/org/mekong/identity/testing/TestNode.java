package org.mekong.identity.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.mekong.log.testing.EmbeddedDatabase;

/** A database and key files of its own for each start of the tests. */
public final class TestNode implements QuarkusTestResourceLifecycleManager {
  private static final Path FOLDER = Path.of("target", "test-node").toAbsolutePath();
  private static final Path ADMINISTRATOR = FOLDER.resolve("administrator.jwk");

  private static final String STARTS = "test-node.starts";

  /** Clients that are the services behind the resources; {@link TestSystem#service} makes them. */
  public static final String GATEWAY_SERVICE = "vn-gateway-service";

  public static final String REGISTRY_SERVICE = "vn-registry-service";

  @Override
  public Map<String, String> start() {
    EmbeddedDatabase database = EmbeddedDatabase.shared();
    // A start for another profile is another node: it has other keys.
    int number = Integer.getInteger(STARTS, 0) + 1;
    System.setProperty(STARTS, Integer.toString(number));
    String node = number == 1 ? "identity" : "identity_" + number;
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl(node));
    settings.put("quarkus.datasource.username", database.user());
    settings.put("quarkus.datasource.password", database.password());
    settings.put("identity.service.serves.\"" + GATEWAY_SERVICE + "\"", TestSystem.GATEWAY);
    settings.put("identity.service.serves.\"" + REGISTRY_SERVICE + "\"", TestSystem.REGISTRY);
    try {
      Files.createDirectories(FOLDER);
      settings.put("identity.key.encryption-key-file", encryptionKey("kek-" + node).toString());
      Path logKey =
          FOLDER.resolve("log-" + ProcessHandle.current().pid() + "-" + node + "-{year}.key");
      Files.deleteIfExists(
          Path.of(logKey.toString().replace("{year}", "" + Year.now(ZoneOffset.UTC))));
      settings.put("identity.log.key-file", logKey.toString());
      JWK key = new ECKeyGenerator(Curve.P_256).keyID("administrator").generate();
      Files.writeString(ADMINISTRATOR, key.toJSONString());
      Path jwks = FOLDER.resolve("administrator.jwks");
      Files.writeString(jwks, new JWKSet(key.toPublicJWK()).toString());
      settings.put("identity.administrator.jwks-file", jwks.toString());
      return settings;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void stop() {
    // the database ends with the JVM
  }

  /** A file with a new key encryption key. */
  public static Path encryptionKey(String name) throws IOException {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    Files.createDirectories(FOLDER);
    return Files.writeString(
        FOLDER.resolve(name), Base64.getEncoder().encodeToString(bytes) + "\n");
  }

  /** The key pair of the first administrator's system. */
  static JWK administratorKey() {
    try {
      return JWK.parse(Files.readString(ADMINISTRATOR));
    } catch (IOException | ParseException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
