package org.mekong.log.merkle;

import java.util.List;

/** The tree of RFC 9162 section 2.1.1, word for word: slow and without any cleverness. */
final class ReferenceTree implements NodeSource<RuntimeException> {
  private final List<byte[]> leaves;

  ReferenceTree(List<byte[]> leaves) {
    this.leaves = leaves;
  }

  @Override
  public byte[] node(int height, long index) {
    int first = Math.toIntExact(index << height);
    return hash(leaves.subList(first, first + (1 << height)));
  }

  byte[] root(int size) {
    return hash(leaves.subList(0, size));
  }

  private static byte[] hash(List<byte[]> entries) {
    if (entries.isEmpty()) {
      return MerkleHash.empty();
    }
    if (entries.size() == 1) {
      return MerkleHash.leaf(entries.getFirst());
    }
    int k = 1;
    while (2 * k < entries.size()) {
      k *= 2;
    }
    return MerkleHash.node(hash(entries.subList(0, k)), hash(entries.subList(k, entries.size())));
  }
}
