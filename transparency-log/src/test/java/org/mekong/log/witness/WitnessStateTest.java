package org.mekong.log.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mekong.log.LogTables;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Cosigner;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSignature;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.note.VerifierKey;
import org.mekong.log.tile.GrowingTree;

class WitnessStateTest {
  private static final String ORIGIN = "vn.mekong.example/gateway/2026";
  private static final Instant NOW = Instant.parse("2026-11-21T09:30:00Z");

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final Cosigner cosigner = Cosigner.generate("la.mekong.example/witness");
  private DataSource database;
  private WitnessState witness;

  @BeforeEach
  void createTables() {
    database = LogTables.createIn("witness");
    witness =
        new WitnessState(
            database, cosigner, List.of(signer.verifierKey()), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void answers200WithACosignatureOnTheCheckpoint() throws Exception {
    assertCosigned(submit(0, 5));
    assertEquals(5, witness.latestSize(ORIGIN));
    assertCosigned(submit(5, 9));
    assertCosigned(submit(9, 9));
    assertCosigned(submit(9, 600));
    assertEquals(600, witness.latestSize(ORIGIN));
  }

  @Test
  void answers200ForAnEmptyTree() throws Exception {
    assertCosigned(submit(0, 0));
    assertEquals(0, witness.latestSize(ORIGIN));
  }

  @Test
  void answers400WhenTheOldSizeIsLargerThanTheCheckpoint() throws Exception {
    assertCosigned(submit(0, 5));
    assertRefused(400, request(6, List.of(), checkpoint(5, signer)));
    assertRefused(400, request(Long.MAX_VALUE, List.of(), checkpoint(5, signer)));
  }

  @Test
  void answers400ToMalformedRequests() throws SQLException {
    String good = text(request(0, List.of(), checkpoint(5, signer)));
    for (String malformed :
        List.of(
            "",
            "old 0",
            "old 0\n",
            "old 0\n\n",
            good.replace("old 0", "old 00"),
            good.replace("old 0", "old -1"),
            good.replace("old 0", "old 9223372036854775808"),
            good.replace("old 0", "old  0"),
            good.replace("old 0", "Old 0"),
            good.replace("old 0\n", "old 0\n" + "AAAA\n"),
            good.replace("old 0\n", "old 0\n" + "!\n"),
            good.replace("old 0\n", "old 0\n" + ("A".repeat(43) + "=\n").repeat(64)),
            good.replace("\n", "\r\n"),
            good.substring(0, good.length() - 1),
            good + good.substring(good.indexOf('\u2014')).repeat(5_000),
            good.replace("\n5\n", "\n05\n"),
            good + "\n")) {
      assertEquals(400, witness.addCheckpoint(bytes(malformed)).status(), malformed);
    }
    byte[] notUtf8 = bytes(good);
    notUtf8[9] = (byte) 0xff;
    assertEquals(400, witness.addCheckpoint(notUtf8).status());
    assertEquals(400, witness.addCheckpoint(new byte[2_000_000]).status());
    assertNothingPersisted();
  }

  @Test
  void answers403WhenNoTrustedKeyHasSigned() throws SQLException {
    assertRefused(403, request(0, List.of(), checkpoint(5, NoteSigner.generate(ORIGIN))));
    Note good = checkpoint(5, signer);
    NoteSignature signature = good.signatures().getFirst();
    byte[] changed = signature.bytes();
    changed[10] ^= 1;
    Note bad =
        new Note(
            good.text(),
            List.of(new NoteSignature(signature.keyName(), signature.keyId(), changed)));
    assertRefused(403, request(0, List.of(), bad));
    assertNothingPersisted();
  }

  @Test
  void answers404ToAnUnknownOrigin() throws SQLException {
    String text = new Checkpoint("elsewhere.example/log", 5, root(5)).text();
    assertRefused(404, request(0, List.of(), new Note(text, List.of(signer.sign(text)))));
    assertNothingPersisted();
  }

  @Test
  void answers409WithTheLatestSizeWhenTheOldSizeIsAnother() throws Exception {
    assertConflict(0, request(3, proof(3, 5), checkpoint(5, signer)));
    assertNothingPersisted();
    assertCosigned(submit(0, 5));
    assertConflict(5, request(0, List.of(), checkpoint(9, signer)));
    assertConflict(5, request(4, proof(4, 9), checkpoint(9, signer)));
    assertConflict(5, request(9, List.of(), checkpoint(9, signer)));
    assertEquals(5, witness.latestSize(ORIGIN));
  }

  /** Version 1.0.0 of the protocol names 409 here, where earlier versions named 422. */
  @Test
  void answers409ToTheSameSizeWithAnotherRoot() throws Exception {
    assertCosigned(submit(0, 5));
    assertConflict(5, request(5, List.of(), checkpoint(5, root(6), signer)));
    assertConflict(5, request(5, List.of(root(6)), checkpoint(5, root(6), signer)));
  }

  @Test
  void answers422ToAProofThatDoesNotVerify() throws Exception {
    assertRefused(422, request(0, List.of(root(1)), checkpoint(5, signer)));
    assertNothingPersisted();
    assertCosigned(submit(0, 5));
    assertRefused(422, request(5, List.of(), checkpoint(9, signer)));
    assertRefused(422, request(5, proof(4, 9), checkpoint(9, signer)));
    assertRefused(422, request(5, proof(5, 9), checkpoint(9, root(8), signer)));
    assertRefused(422, request(5, List.of(root(5)), checkpoint(5, signer)));
    assertEquals(5, witness.latestSize(ORIGIN));
  }

  @Test
  void refusesALogKeyThatIsItsOwn() throws Exception {
    var pair = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Cosigner same = Cosigner.ed25519("la.mekong.example/witness", pair.getPrivate());
    List<VerifierKey> logs = List.of(NoteSigner.ed25519(ORIGIN, pair.getPrivate()).verifierKey());
    assertThrows(
        IllegalArgumentException.class,
        () -> new WitnessState(database, same, logs, Clock.systemUTC()));
  }

  @Test
  void ignoresSignaturesOfUnknownKeys() throws Exception {
    Note note = checkpoint(5, signer);
    List<NoteSignature> signatures = new ArrayList<>(note.signatures());
    signatures.addFirst(NoteSigner.generate(ORIGIN).sign(note.text()));
    assertCosigned(witness.addCheckpoint(request(0, List.of(), new Note(note.text(), signatures))));
  }

  @Test
  void neverRollsBackWhenManyAskAtOnce() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<AddCheckpointAnswer>> answers = new ArrayList<>();
      for (int i = 1; i <= 64; i++) {
        int size = i;
        answers.add(callers.submit(() -> submitFromLatest(size)));
      }
      long cosigned = 0;
      for (Future<AddCheckpointAnswer> answer : answers) {
        cosigned += answer.get() instanceof AddCheckpointAnswer.Cosigned ? 1 : 0;
      }
      assertTrue(cosigned >= 1);
    }
    long size = witness.latestSize(ORIGIN);
    assertCosigned(submit(size, size));
    assertConflict(size, request(size - 1, proof(size - 1, size), checkpoint(size, signer)));
  }

  private AddCheckpointAnswer submitFromLatest(int size) throws SQLException {
    long old = witness.latestSize(ORIGIN);
    return old > size
        ? witness.addCheckpoint(request(old, List.of(), checkpoint(size, signer)))
        : submit(old, size);
  }

  @Test
  void remembersAfterARestart() throws Exception {
    assertCosigned(submit(0, 5));
    WitnessState restarted =
        new WitnessState(database, cosigner, List.of(signer.verifierKey()), Clock.systemUTC());
    assertEquals(
        409, restarted.addCheckpoint(request(0, List.of(), checkpoint(9, signer))).status());
  }

  private AddCheckpointAnswer submit(long oldSize, long size) throws SQLException {
    return witness.addCheckpoint(request(oldSize, proof(oldSize, size), checkpoint(size, signer)));
  }

  private void assertCosigned(AddCheckpointAnswer answer) throws Exception {
    AddCheckpointAnswer.Cosigned cosigned =
        assertInstanceOf(AddCheckpointAnswer.Cosigned.class, answer);
    assertEquals(200, cosigned.status());
    NoteSignature cosignature = cosigned.cosignatures().getFirst();
    assertEquals(NOW, VerifierKey.cosignedAt(cosignature));
    assertEquals(cosignature.line(), cosigned.body());
    long size = witness.latestSize(ORIGIN);
    assertTrue(cosigner.verifierKey().verifies(checkpoint(size, signer).text(), cosignature));
  }

  private void assertConflict(long size, AddCheckpointRequest request) throws SQLException {
    AddCheckpointAnswer answer = witness.addCheckpoint(request.bytes());
    assertEquals(409, answer.status());
    assertEquals(size + "\n", answer.body());
    assertEquals("text/x.tlog.size", answer.mediaType());
  }

  private void assertRefused(int status, AddCheckpointRequest request) throws SQLException {
    AddCheckpointAnswer answer = witness.addCheckpoint(request.bytes());
    assertEquals(status, answer.status());
  }

  private void assertNothingPersisted() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM log_witnessed")) {
      rows.next();
      assertEquals(0, rows.getLong(1));
    }
  }

  private static AddCheckpointRequest request(long oldSize, List<byte[]> proof, Note note) {
    return new AddCheckpointRequest(oldSize, proof, note);
  }

  private static Note checkpoint(long size, NoteSigner by) {
    return checkpoint(size, root(size), by);
  }

  private static Note checkpoint(long size, byte[] root, NoteSigner by) {
    String text = new Checkpoint(ORIGIN, size, root).text();
    return new Note(text, List.of(by.sign(text)));
  }

  private static byte[] root(long size) {
    return tree(size).root();
  }

  private static List<byte[]> proof(long oldSize, long size) {
    if (oldSize == 0) {
      return List.of();
    }
    List<GrowingTree.FinishedTile> finished = new ArrayList<>();
    GrowingTree tree = tree(size, finished);
    return MerkleTree.consistency(oldSize, size, tree.snapshot(finished).tree());
  }

  private static GrowingTree tree(long size) {
    return tree(size, new ArrayList<>());
  }

  private static GrowingTree tree(long size, List<GrowingTree.FinishedTile> finished) {
    GrowingTree tree = new GrowingTree();
    for (int i = 0; i < size; i++) {
      tree.append(MerkleHash.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)), finished);
    }
    return tree;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(AddCheckpointRequest request) {
    return new String(request.bytes(), StandardCharsets.UTF_8);
  }
}
