package org.mekong.log.merkle;

import java.util.ArrayList;
import java.util.List;

/** Roots and proofs of RFC 9162 section 2.1, computed from the hashes of complete subtrees. */
public final class MerkleTree {
  private MerkleTree() {}

  /** The root of the tree of the first {@code size} leaves. */
  public static <X extends Exception> byte[] root(long size, NodeSource<X> nodes) throws X {
    return size == 0 ? MerkleHash.empty() : range(0, size, nodes);
  }

  /**
   * The inclusion proof of RFC 9162 section 2.1.3.1, from the leaf's sibling up to the root's
   * child.
   *
   * @throws IllegalArgumentException unless {@code 0 <= index < size}
   */
  public static <X extends Exception> List<byte[]> inclusion(
      long index, long size, NodeSource<X> nodes) throws X {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index + " in a tree of " + size);
    }
    List<byte[]> siblings = new ArrayList<>();
    long start = 0;
    long end = size;
    while (end - start > 1) {
      long middle = start + split(end - start);
      if (index < middle) {
        siblings.add(range(middle, end, nodes));
        end = middle;
      } else {
        siblings.add(range(start, middle, nodes));
        start = middle;
      }
    }
    return siblings.reversed();
  }

  /**
   * The consistency proof of RFC 9162 section 2.1.4.1; empty when the sizes are equal.
   *
   * @throws IllegalArgumentException unless {@code 0 < oldSize <= size}
   */
  public static <X extends Exception> List<byte[]> consistency(
      long oldSize, long size, NodeSource<X> nodes) throws X {
    if (oldSize <= 0 || oldSize > size) {
      throw new IllegalArgumentException("no proof from size " + oldSize + " to size " + size);
    }
    List<byte[]> hashes = new ArrayList<>();
    long start = 0;
    long end = size;
    while (oldSize < end) {
      long middle = start + split(end - start);
      if (oldSize <= middle) {
        hashes.add(range(middle, end, nodes));
        end = middle;
      } else {
        hashes.add(range(start, middle, nodes));
        start = middle;
      }
    }
    if (start > 0) {
      hashes.add(range(start, end, nodes));
    } // else the old tree is a whole left subtree, whose root the verifier knows
    return hashes.reversed();
  }

  /** The largest power of two smaller than {@code length}, which is at least 2. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }

  private static <X extends Exception> byte[] range(long start, long end, NodeSource<X> nodes)
      throws X {
    long length = end - start;
    if (Long.bitCount(length) == 1) {
      int height = Long.numberOfTrailingZeros(length);
      return nodes.node(height, start >>> height);
    }
    long middle = start + split(length);
    return MerkleHash.node(range(start, middle, nodes), range(middle, end, nodes));
  }
}
