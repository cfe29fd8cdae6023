package org.mekong.log.witness;

import org.mekong.log.note.KeyType;
import org.mekong.log.note.VerifierKey;

/**
 * A witness with the key that its cosignatures have to verify against.
 *
 * @param name as in the policy
 * @param key of type cosigner
 * @param witness how it is reached
 */
public record NamedWitness(String name, VerifierKey key, Witness witness) {
  public NamedWitness {
    if (key.type() != KeyType.COSIGNER) {
      throw new IllegalArgumentException("the key of witness " + name + " is not a cosigner's");
    }
  }
}
