package org.mekong.identity.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestNode;
import org.mekong.resourceserver.key.JwsKeys;

/** Keys in a hardware security module, by SoftHSM where the machine has it. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class Pkcs11TokenIT {
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "4711";

  @Inject Journal journal;

  @Test
  void keysOfTheTokenSignOneAfterTheOther() throws Exception {
    assumeTrue(Files.exists(LIBRARY), "SoftHSM is not installed");
    Path folder = Files.createTempDirectory("softhsm");
    Path configuration = token(folder); // before the library is loaded: it lists its slots once
    Path wrong = Files.writeString(folder.resolve("wrong"), "0815");
    refused("identity.key.pkcs11-pin-file", Optional.of(configuration), Optional.of(wrong));
    keyPair(folder, configuration, "mekong-1", "EC", "-groupname", "secp256r1");
    keyPair(folder, configuration, "mekong-2", "EC", "-groupname", "secp256r1");
    KeyHolder holder = new KeyHolder(config(folder, configuration));

    KeyTable.Row first = make(holder, JWSAlgorithm.ES256);
    KeyTable.Row second = make(holder, JWSAlgorithm.ES256);

    assertEquals("pkcs11:mekong-1", first.held());
    assertEquals("pkcs11:mekong-2", second.held());
    assertNotEquals(first.kid(), second.kid());
    assertFalse(first.publicKey().isPrivate());
    for (KeyTable.Row row : List.of(first, second)) {
      SignedJWT jwt =
          holder
              .open(row)
              .sign(JOSEObjectType.JWT, new JWTClaimsSet.Builder().subject("x").build());
      assertTrue(SignedJWT.parse(jwt.serialize()).verify(JwsKeys.verifier(row.publicKey())));
    }
    IllegalStateException none =
        assertThrows(IllegalStateException.class, () -> make(holder, JWSAlgorithm.ES256));
    assertTrue(none.getMessage().contains("no unused key"), none.getMessage());
    assertTrue(make(holder, JWSAlgorithm.EdDSA).held().startsWith("ey"), "kept in the database");
  }

  @Test
  void whatIsWrongWithTheConfigurationIsSaidByProperty() throws Exception {
    Path folder = Files.createTempDirectory("pkcs11");
    Path pin = Files.writeString(folder.resolve("pin"), PIN);
    Path empty = Files.writeString(folder.resolve("empty"), " ");
    Path nonsense = Files.writeString(folder.resolve("nonsense.cfg"), "no configuration {{");
    Path noLibrary =
        Files.writeString(
            folder.resolve("no-library.cfg"), "name = none\nlibrary = /no/such/library.so\n");
    Path absent = folder.resolve("absent");

    refused("identity.key.pkcs11-config-file", Optional.of(absent), Optional.of(pin));
    refused("identity.key.pkcs11-config-file", Optional.of(nonsense), Optional.of(pin));
    refused("identity.key.pkcs11-config-file", Optional.of(noLibrary), Optional.of(pin));
    refused("identity.key.pkcs11-config-file", Optional.empty(), Optional.of(pin));
    refused("identity.key.pkcs11-pin-file", Optional.of(noLibrary), Optional.empty());
    refused("identity.key.pkcs11-pin-file", Optional.of(noLibrary), Optional.of(absent));
    refused("identity.key.pkcs11-pin-file", Optional.of(noLibrary), Optional.of(empty));
  }

  private static void refused(String property, Optional<Path> file, Optional<Path> pin)
      throws IOException {
    TestKeyConfig plain = new TestKeyConfig(TestNode.encryptionKey("pkcs11-kek"));
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> Pkcs11Token.open(plain.withToken(file, pin)));
    assertTrue(refused.getMessage().startsWith(property + ":"), refused.getMessage());
    assertFalse(refused.getMessage().contains(PIN));
  }

  private KeyTable.Row make(KeyHolder holder, JWSAlgorithm algorithm) {
    return journal.transact(
        transaction -> {
          Instant now = Instant.parse("2020-01-01T00:00:00Z"); // never the newest
          KeyTable.Row row = holder.make(transaction.connection(), algorithm, now);
          KeyTable.add(transaction.connection(), row, now);
          ended(transaction.connection(), row.kid());
          return row;
        });
  }

  /** Known from now on, and not published: other tests do not hold this token. */
  private static void ended(java.sql.Connection connection, String kid)
      throws java.sql.SQLException {
    try (var update =
        connection.prepareStatement(
            "UPDATE signing_key SET published_until = active_from WHERE kid = ?")) {
      update.setString(1, kid);
      update.executeUpdate();
    }
  }

  private static KeyConfig config(Path folder, Path configuration) throws IOException {
    return new TestKeyConfig(TestNode.encryptionKey("pkcs11-kek"))
        .withToken(Optional.of(configuration), Optional.of(folder.resolve("pin")));
  }

  /** SoftHSM reads its configuration by the environment, which a JVM cannot change for itself. */
  private static Path token(Path folder) throws Exception {
    assumeTrue(
        System.getenv("SOFTHSM2_CONF") == null, "SoftHSM keeps its tokens where it is told to");
    Path tokens = Path.of(System.getProperty("user.home"), ".config", "softhsm2");
    assumeTrue(Files.isDirectory(Path.of("/var/lib/softhsm/tokens")) || Files.isDirectory(tokens));
    String label = "mekong-" + Long.toString(System.nanoTime(), 36);
    run(
        folder,
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        label,
        "--pin",
        PIN,
        "--so-pin",
        "4712");
    Files.writeString(folder.resolve("pin"), PIN + "\n");
    return Files.writeString(
        folder.resolve("token.cfg"),
        "name = " + label + "\nlibrary = " + LIBRARY + "\nslot = " + slot(folder, label) + "\n");
  }

  private static String slot(Path folder, String label) throws Exception {
    String shown = run(folder, "softhsm2-util", "--show-slots");
    String before = shown.substring(0, shown.indexOf(label));
    int at = before.lastIndexOf("\nSlot ") + 6;
    return before.substring(at, before.indexOf('\n', at)).strip();
  }

  private static void keyPair(
      Path folder, Path configuration, String alias, String kind, String... more) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                "NONE",
                "-storetype",
                "PKCS11",
                "-addprovider",
                "SunPKCS11",
                "-providerarg",
                configuration.toString(),
                "-storepass",
                PIN,
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-validity",
                "30",
                "-keyalg",
                kind));
    command.addAll(Arrays.asList(more));
    run(folder, command.toArray(String[]::new));
  }

  private static String run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
