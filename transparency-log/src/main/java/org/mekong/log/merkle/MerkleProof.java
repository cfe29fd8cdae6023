package org.mekong.log.merkle;

import java.security.MessageDigest;
import java.util.List;

/** Strict verification of Merkle proofs: nothing of the proof or of the tree may be left over. */
public final class MerkleProof {
  private MerkleProof() {}

  /**
   * Verifies an inclusion proof as RFC 9162 section 2.1.3.2 says.
   *
   * @throws InvalidProofException when the leaf is not proved to stand at {@code index}
   */
  public static void verifyInclusion(
      long index, long size, byte[] leafHash, List<byte[]> siblings, byte[] root)
      throws InvalidProofException {
    require(index >= 0 && index < size, "the index is not smaller than the size of the tree");
    requireHashes(siblings);
    long first = index;
    long second = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : siblings) {
      require(second != 0, "the inclusion proof is too long");
      if ((first & 1) == 1 || first == second) {
        hash = MerkleHash.node(sibling, hash);
        int shift = trailingShift(first);
        first >>>= shift;
        second >>>= shift;
      } else {
        hash = MerkleHash.node(hash, sibling);
      }
      first >>>= 1;
      second >>>= 1;
    }
    require(second == 0, "the inclusion proof is too short");
    require(MessageDigest.isEqual(hash, root), "the inclusion proof leads to another root");
  }

  /**
   * Verifies a consistency proof as RFC 9162 section 2.1.4.2 says. For equal sizes the proof must
   * be empty and the roots the same.
   *
   * @throws InvalidProofException when the new tree is not proved to start with the old one; always
   *     when {@code oldSize} is 0, from which nothing can be proved
   */
  public static void verifyConsistency(
      long oldSize, long size, byte[] oldRoot, byte[] root, List<byte[]> hashes)
      throws InvalidProofException {
    require(oldSize > 0, "there is no consistency proof from an empty tree");
    require(oldSize <= size, "the old tree is larger than the new one");
    requireHashes(hashes);
    if (oldSize == size) {
      require(hashes.isEmpty(), "a consistency proof between equal sizes is not empty");
      require(MessageDigest.isEqual(oldRoot, root), "trees of the same size have other roots");
      return;
    }
    require(!hashes.isEmpty(), "the consistency proof is empty");
    boolean whole = Long.bitCount(oldSize) == 1;
    long first = oldSize - 1;
    long second = size - 1;
    int odd = Long.numberOfTrailingZeros(~first);
    first >>>= odd;
    second >>>= odd;
    byte[] oldHash = whole ? oldRoot : hashes.getFirst();
    byte[] hash = oldHash;
    for (byte[] next : whole ? hashes : hashes.subList(1, hashes.size())) {
      require(second != 0, "the consistency proof is too long");
      if ((first & 1) == 1 || first == second) {
        oldHash = MerkleHash.node(next, oldHash);
        hash = MerkleHash.node(next, hash);
        int shift = trailingShift(first);
        first >>>= shift;
        second >>>= shift;
      } else {
        hash = MerkleHash.node(hash, next);
      }
      first >>>= 1;
      second >>>= 1;
    }
    require(second == 0, "the consistency proof is too short");
    require(MessageDigest.isEqual(oldHash, oldRoot), "the proof leads to another old root");
    require(MessageDigest.isEqual(hash, root), "the consistency proof leads to another root");
  }

  /** How far to shift until the lowest bit is set; all the way when no bit is. */
  private static int trailingShift(long value) {
    return value == 0 ? 0 : Long.numberOfTrailingZeros(value);
  }

  private static void requireHashes(List<byte[]> hashes) throws InvalidProofException {
    for (byte[] hash : hashes) {
      require(hash.length == MerkleHash.LENGTH, "a hash of the proof is not 32 bytes long");
    }
  }

  private static void require(boolean condition, String otherwise) throws InvalidProofException {
    if (!condition) {
      throw new InvalidProofException(otherwise);
    }
  }
}
