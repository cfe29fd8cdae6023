package org.mekong.log.verify;

import org.mekong.log.merkle.InvalidProofException;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleProof;

/** Verifies proof files offline. */
public final class ProofVerifier {
  private ProofVerifier() {}

  /**
   * Verifies a self-contained proof, whose {@code extra} line carries the entry.
   *
   * @param proof the text of a proof file
   * @throws ProofException naming the first thing that is wrong
   */
  public static VerifiedEntry verify(String proof, Policy policy) throws ProofException {
    TlogProof parsed = TlogProof.parse(proof);
    byte[] entry =
        parsed
            .extra()
            .orElseThrow(() -> new ProofException("the proof does not carry the entry it proves"));
    return verify(parsed, entry, policy);
  }

  /**
   * Verifies that a proof proves the given entry, whatever its {@code extra} line says.
   *
   * @throws ProofException naming the first thing that is wrong
   */
  public static VerifiedEntry verify(TlogProof proof, byte[] entry, Policy policy)
      throws ProofException {
    VerifiedCheckpoint verified = policy.verify(proof.checkpoint());
    var checkpoint = verified.checkpoint();
    try {
      MerkleProof.verifyInclusion(
          proof.index(),
          checkpoint.size(),
          MerkleHash.leaf(entry),
          proof.siblings(),
          checkpoint.root());
    } catch (InvalidProofException e) {
      throw new ProofException("the entry is not proved: " + e.getMessage(), e);
    }
    return new VerifiedEntry(
        checkpoint.origin(), proof.index(), checkpoint.size(), entry, verified.cosigners());
  }
}
