package org.mekong.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.mekong.log.merkle.MerkleProof;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteSigner;
import org.mekong.log.verify.LogExpectation;
import org.mekong.log.verify.LogVerifier;
import org.mekong.log.verify.Policy;
import org.mekong.log.verify.ProofVerifier;

/** Any sequence of appends, by any of two replicas, proves and verifies. */
class AppendProperties {
  private static final String ORIGIN = "vn.mekong.example/identity/2026";

  private final NoteSigner signer = NoteSigner.generate(ORIGIN);
  private final LogSettings settings = new LogSettings(ORIGIN, signer, Clock.systemUTC());
  private final Policy policy = Policy.ofLogs(signer.verifierKey());

  enum Act {
    APPEND,
    APPEND_IN_TRANSACTION,
    ROLL_BACK,
    COMMIT_WITHOUT_WAITING,
    APPEND_MANY,
    OTHER_REPLICA,
    RESTART
  }

  @Property(tries = 15)
  void anySequenceOfAppendsIsOneHistory(@ForAll @Size(max = 25) List<Act> acts) throws Exception {
    DataSource database = LogTables.createIn("append_sequences");
    TransparencyLog log = TransparencyLog.open(database, settings);
    TransparencyLog other = TransparencyLog.open(database, settings);
    Map<Long, byte[]> roots = new TreeMap<>();
    int number = 0;
    for (Act act : acts) {
      byte[] entry = ("entry " + number++).getBytes(StandardCharsets.UTF_8);
      switch (act) {
        case APPEND -> verify(log.append(entry), entry);
        case OTHER_REPLICA -> verify(other.append(entry), entry);
        case RESTART -> log = TransparencyLog.open(database, settings);
        case APPEND_IN_TRANSACTION -> verify(log.await(pending(log, database, entry, 1)), entry);
        case APPEND_MANY -> verify(log.await(pending(log, database, entry, 300)), entry);
        case COMMIT_WITHOUT_WAITING -> pending(log, database, entry, 2);
        case ROLL_BACK -> pending(log, database, entry, 0);
      }
      Checkpoint checkpoint = Checkpoint.parse(Note.parse(log.checkpoint()).text());
      roots.put(checkpoint.size(), checkpoint.root());
    }
    requireConsistent(log, roots);
    LogVerifier.verify(path -> other.read(path).map(LogResource::bytes), LogExpectation.of(policy));
  }

  /** Appends the entry so often in one transaction; never, and not at all, when that is 0. */
  private static PendingEntry pending(
      TransparencyLog log, DataSource database, byte[] entry, int times) throws Exception {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      PendingEntry last = log.append(connection, entry);
      for (int i = 1; i < times; i++) {
        last = log.append(connection, entry);
      }
      if (times == 0) {
        connection.rollback();
      } else {
        connection.commit();
      }
      connection.setAutoCommit(true);
      return last;
    }
  }

  private void verify(Receipt receipt, byte[] entry) throws Exception {
    assertArrayEquals(entry, ProofVerifier.verify(receipt.proof(), policy).entry());
  }

  private static void requireConsistent(TransparencyLog log, Map<Long, byte[]> roots)
      throws Exception {
    List<Long> sizes = new ArrayList<>(roots.keySet());
    sizes.remove(0L);
    for (long oldSize : sizes) {
      for (long size : sizes.subList(sizes.indexOf(oldSize), sizes.size())) {
        List<byte[]> proof = log.consistencyProof(oldSize, size);
        MerkleProof.verifyConsistency(oldSize, size, roots.get(oldSize), roots.get(size), proof);
      }
    }
  }
}
