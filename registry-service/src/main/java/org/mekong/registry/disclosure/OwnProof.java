package org.mekong.registry.disclosure;

import org.mekong.log.evidence.EvidenceBundle;
import org.mekong.log.evidence.OpenedProof;

/**
 * The proof of a disclosure as the person gets it whom it is about.
 *
 * @param version of this form
 * @param proof text of a proof file of c2sp.org/tlog-proof
 */
public record OwnProof(int version, String proof, Opening opening) {

  /**
   * What opens the commitment: HMAC-SHA-256 with the key over subject and request id is it.
   *
   * @param commitment as the entry holds it
   * @param key 32 bytes, base64url; a secret of the person
   * @param subject key of the person
   */
  public record Opening(String commitment, String key, String subject) {
    @Override
    public String toString() {
      return "Opening[hidden]";
    }
  }

  static OwnProof of(OpenedProof proof) {
    EvidenceBundle.KnownSubject opening = proof.opening();
    return new OwnProof(
        OpenedProof.VERSION,
        proof.proof(),
        new Opening(opening.commitment(), opening.key(), opening.subject()));
  }
}
