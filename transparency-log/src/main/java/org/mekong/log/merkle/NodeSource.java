package org.mekong.log.merkle;

/**
 * Where the hashes of complete subtrees come from.
 *
 * @param <X> what reading may throw
 */
@FunctionalInterface
public interface NodeSource<X extends Exception> {
  /**
   * The hash of the complete subtree of {@code 2^height} leaves that starts at leaf {@code index *
   * 2^height}.
   *
   * @param height 0 for a leaf
   * @param index from 0, counted in subtrees of this height
   * @return 32 bytes, not to be changed
   */
  byte[] node(int height, long index) throws X;
}
