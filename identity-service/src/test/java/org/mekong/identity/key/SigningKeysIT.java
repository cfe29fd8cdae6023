package org.mekong.identity.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mekong.identity.journal.Journal;
import org.mekong.identity.testing.TestNode;

/** The signing key outlives the process, and only its encryption key opens it. */
@QuarkusTest
@QuarkusTestResource(TestNode.class)
class SigningKeysIT {
  @Inject SigningKeys keys;
  @Inject Journal journal;
  @Inject KeyConfig config;
  @Inject DataSource database;

  @Test
  void everyStartFindsTheSameKey() {
    keys.reload(); // another test may have rotated just now
    SigningKeys again = another(config);

    assertEquals(keys.current().publicKey(), again.current().publicKey());
    assertEquals(keys.published(), again.published());
  }

  @Test
  void anotherEncryptionKeyOpensNothing() throws Exception {
    Path other = TestNode.encryptionKey("other-kek");

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> another(new TestKeyConfig(other)));
    assertTrue(refused.getMessage().contains("identity.key.encryption-key-file"));
  }

  @Test
  void encryptionKeysThatAreNoneAreRefused() throws Exception {
    Path folder = Files.createTempDirectory("kek");
    for (String text : List.of("", "not base64 !", "c2hvcnQ=", "A".repeat(43) + "=")) {
      Path file = Files.writeString(folder.resolve("kek"), text);
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> KeyEncryption.read(file));
      assertTrue(refused.getMessage().contains("identity.key.encryption-key-file"));
    }
    assertThrows(
        IllegalStateException.class, () -> KeyEncryption.read(folder.resolve("no-such-file")));
  }

  @Test
  void thePrivateHalfIsNotReadableInTheDatabase() throws Exception {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT signing_key::text FROM signing_key")) {
      assertTrue(row.next());
      assertFalse(row.getString(1).contains("\"d\""));
    }
  }

  @Test
  void replicasThatStartTogetherAgreeOnOneKey() throws Exception {
    Set<String> kids = new HashSet<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<String>> starts =
          IntStream.range(0, 4)
              .mapToObj(i -> threads.submit(() -> another(config).current().publicKey().getKeyID()))
              .toList();
      for (Future<String> start : starts) {
        kids.add(start.get());
      }
    }
    assertEquals(Set.of(keys.current().publicKey().getKeyID()), kids);
  }

  private SigningKeys another(KeyConfig config) {
    return new SigningKeys(new KeyHolder(config), journal, config, Clock.systemUTC());
  }
}
