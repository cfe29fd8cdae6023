package org.mekong.gateway.administration.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.ECKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mekong.gateway.administration.AdministrativeActs;
import org.mekong.gateway.agreement.AgreementBook;
import org.mekong.gateway.agreement.AgreementReference;
import org.mekong.gateway.agreement.signing.AgreementSignature;
import org.mekong.gateway.exchange.ExchangeKey;
import org.mekong.gateway.peer.Peers;
import org.mekong.gateway.receipt.GatewayLog;
import org.mekong.gateway.storage.Revision;
import org.mekong.gateway.storage.Transactions;
import org.mekong.gateway.testing.Administered;
import org.mekong.gateway.testing.PeerDouble;
import org.mekong.gateway.testing.Surroundings;

/** A document from a file is used with the signatures of both nations, and never without. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AgreementSeedsIT {

  Surroundings around;
  @Inject AdministrativeActs acts;
  @Inject AgreementBook book;
  @Inject Peers peers;
  @Inject ExchangeKey key;
  @Inject Transactions transactions;
  @Inject GatewayLog log;

  @TempDir Path folder;

  @AfterEach
  void forget() throws Exception {
    Administered.forget(transactions);
    book.refresh();
  }

  private final String id = "seed-" + UUID.randomUUID();

  private byte[] document() throws Exception {
    return Files.readString(Path.of("../deploy/local/agreements/vn-la.json"))
        .replace("\"vn-la\"", "\"" + id + "\"")
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private Path file(byte[] document, ECKey... signers) throws Exception {
    Path file = Files.write(folder.resolve(id + ".json"), document);
    var lines = new ArrayList<String>();
    for (ECKey signer : signers) {
      lines.add(AgreementSignature.sign(signer, document));
    }
    Files.write(Path.of(file + ".signatures"), lines);
    return file;
  }

  private void sow(Path file) throws Exception {
    var seeds = new AgreementSeeds(Optional.of(List.of(file)), acts, book, peers, key);
    seeds.transactions = transactions;
    seeds.log = log;
    seeds.self = "VN";
    seeds.sow();
  }

  private void assertStopped(String why, Path file) {
    String message = assertThrows(IllegalStateException.class, () -> sow(file)).getMessage();
    assertTrue(message.contains("gateway.agreement-files"), message);
    assertTrue(message.contains(why), message);
    assertFalse(bound());
  }

  private boolean bound() {
    return book.find(new AgreementReference(id, 1)).isPresent();
  }

  @Test
  void unsignedItStopsTheStart() throws Exception {
    assertStopped("not signed by LA, VN", file(document()));
    Path bare = Files.write(folder.resolve("bare.json"), document());
    assertStopped("not signed by LA, VN", bare);
  }

  @Test
  void signedByOneItStopsTheStart() throws Exception {
    assertStopped("not signed by LA", file(document(), key.key()));
    assertStopped("not signed by VN", file(document(), around.peerDouble().key()));
    assertStopped("not signed by LA", file(document(), key.key(), key.key()));
  }

  @Test
  void signedByAWrongKeyItStopsTheStart() throws Exception {
    assertStopped(
        "a signature is refused", file(document(), key.key(), PeerDouble.newKey("la-exchange")));
  }

  @Test
  void alteredAfterSigningItStopsTheStart() throws Exception {
    Path file = file(document(), key.key(), around.peerDouble().key());
    Files.writeString(file, Files.readString(file).replace("5000", "5001"));

    assertStopped("a signature is refused", file);
  }

  @Test
  void whatIsWrongWithAFileIsNamed() throws Exception {
    assertStopped("absent.json", folder.resolve("absent.json"));
    assertStopped("required", Files.writeString(folder.resolve("empty.json"), "{}"));
    byte[] others =
        new String(document(), java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"LA\"", "\"MM\"")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertStopped("no peers", file(others, key.key()));
  }

  @Test
  void signedByBothItIsUsedAndStaysWhenItIsReadAgain() throws Exception {
    Path file = file(document(), key.key(), around.peerDouble().key());

    sow(file);
    sow(file);

    assertTrue(bound());
  }

  @Test
  void theSameVersionWithOtherContentStopsTheStart() throws Exception {
    sow(file(document(), key.key(), around.peerDouble().key()));
    byte[] other =
        new String(document(), java.nio.charset.StandardCharsets.UTF_8)
            .replace("5000", "4999")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Path file = file(other, key.key(), around.peerDouble().key());

    String message = assertThrows(IllegalStateException.class, () -> sow(file)).getMessage();

    assertTrue(message.contains("another document"), message);
  }

  @Test
  void whatWasAlteredInTheDatabaseBindsNobody() throws Exception {
    sow(file(document(), key.key(), around.peerDouble().key()));

    int altered =
        transactions.in(
            connection -> {
              Revision.AGREEMENTS.advance(connection);
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE agreement SET document = document || ' '::bytea WHERE id = ?")) {
                update.setString(1, id);
                return update.executeUpdate();
              }
            });
    book.refresh();

    assertEquals(1, altered);
    assertFalse(bound());
  }
}
