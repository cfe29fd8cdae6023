package org.mekong.log.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.NoteSigner;

class ProofVerifierTest {
  private final MemoryLog log = new MemoryLog(300);
  private final String proof = log.proof(41);

  @Test
  void verifiesAProofWithItsCosignature() throws ProofException {
    VerifiedEntry verified = ProofVerifier.verify(proof, log.policy);

    assertEquals(MemoryLog.ORIGIN, verified.origin());
    assertEquals(41, verified.index());
    assertEquals(300, verified.treeSize());
    assertEquals(List.of("LA"), verified.cosigners());
    assertArrayEquals("{\"number\":41}".getBytes(StandardCharsets.UTF_8), verified.entry());
  }

  @Test
  void writesWhatItHasRead() throws ProofException {
    assertEquals(proof, TlogProof.parse(proof).text());
  }

  @Test
  void refusesEverySingleByteChangeOfAProof() {
    byte[] bytes = proof.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      for (int change : new int[] {0x01, 0x22}) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) change;
        String text = new String(changed, StandardCharsets.UTF_8);
        String where = "byte " + i + " ^ " + change + ": " + text;
        assertThrows(ProofException.class, () -> ProofVerifier.verify(text, log.policy), where);
      }
    }
  }

  @Test
  void refusesEverySingleByteChangeOfANote() {
    byte[] bytes = log.checkpoint.bytes();
    for (int i = 0; i < bytes.length; i++) {
      for (int change : new int[] {0x01, 0x20, 0x84}) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) change;
        Exception refused =
            assertThrows(
                Exception.class, () -> log.policy.verify(Note.parse(changed)), "byte " + i);
        assertTrue(refused instanceof NoteException || refused instanceof ProofException);
      }
    }
  }

  /** Signatures of unknown keys are ignored, so a spoiled one matters only where it is needed. */
  @Test
  void ignoresALineThatBecomesUnknownWhereThePolicyIsStillMet() throws ProofException {
    Policy logOnly = new Policy(log.policy.logs(), List.of(), new Policy.Quorum.None());
    String changed = proof.replace("la.mekong.example/witness", "lb.mekong.example/witness");

    assertEquals(41, ProofVerifier.verify(changed, logOnly).index());
    ProofException refused =
        assertThrows(ProofException.class, () -> ProofVerifier.verify(changed, log.policy));
    assertTrue(refused.getMessage().startsWith("missing cosignature"), refused.getMessage());
  }

  @Test
  void refusesALogThatThePolicyDoesNotKnow() {
    Policy other = Policy.ofLogs(NoteSigner.generate("elsewhere.example").verifierKey());
    Policy sameName = Policy.ofLogs(NoteSigner.generate(MemoryLog.ORIGIN).verifierKey());

    assertThrows(ProofException.class, () -> ProofVerifier.verify(proof, other));
    assertThrows(ProofException.class, () -> ProofVerifier.verify(proof, sameName));
  }

  @Test
  void refusesMalformedProofs() {
    String index = "index 41\n";
    String extra = proof.lines().filter(line -> line.startsWith("extra")).findFirst().get() + "\n";
    for (String malformed :
        List.of(
            "",
            "\n\n",
            proof.replace("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"),
            proof.replace(index, ""),
            proof.replace(index, "index 041\n"),
            proof.replace(index, "index -1\n"),
            proof.replace(index, "index 41 \n"),
            proof.replace(index, "index 300\n"),
            proof.replace(index, index + index),
            proof.replace(extra, extra + extra),
            proof.replace(extra, ""),
            proof.replace(extra, "extra \n"),
            proof.replace(extra, "extra\n"),
            proof.replace(index, index + "A".repeat(43) + "=\n"),
            proof.replace(index, index + ("A".repeat(43) + "=\n").repeat(64)),
            proof.replace("\n", "\r\n"),
            proof.strip(),
            proof + "\n",
            proof + "x",
            "\n" + proof,
            proof + "x".repeat(TlogProof.MAXIMUM_LENGTH))) {
      assertThrows(ProofException.class, () -> ProofVerifier.verify(malformed, log.policy));
    }
  }

  @Test
  void provesAnEntryThatIsGivenBesideAProofWithoutExtra() throws ProofException {
    TlogProof parsed = TlogProof.parse(proof);
    byte[] entry = parsed.extra().orElseThrow();
    TlogProof bare =
        new TlogProof(Optional.empty(), parsed.index(), parsed.siblings(), parsed.checkpoint());
    TlogProof read = TlogProof.parse(bare.text());

    assertEquals(41, ProofVerifier.verify(read, entry, log.policy).index());
    assertThrows(ProofException.class, () -> ProofVerifier.verify(read, new byte[1], log.policy));
    assertThrows(ProofException.class, () -> ProofVerifier.verify(bare.text(), log.policy));
  }
}
