package org.mekong.log.tile;

import org.mekong.log.merkle.MerkleHash;

/**
 * The subtree of height 8 whose leaves are the hashes of one tile, with every complete node in it.
 *
 * <p>Grown by one thread. What it holds is written once and never changes, so other threads may
 * read the nodes of the width that they were told of safely.
 */
public final class TileNodes {
  private final byte[][][] nodes = new byte[TilePath.HEIGHT + 1][][];
  private int width;

  /** A tile without hashes. */
  public TileNodes() {
    for (int height = 0; height <= TilePath.HEIGHT; height++) {
      nodes[height] = new byte[TilePath.FULL_WIDTH >> height][];
    }
  }

  /**
   * The tile of these concatenated hashes.
   *
   * @throws IllegalArgumentException unless they are 1 to 256 whole hashes
   */
  public static TileNodes of(byte[] hashes) {
    int count = hashes.length / MerkleHash.LENGTH;
    if (count == 0 || count > TilePath.FULL_WIDTH || hashes.length % MerkleHash.LENGTH != 0) {
      throw new IllegalArgumentException("a tile of " + hashes.length + " bytes");
    }
    TileNodes tile = new TileNodes();
    for (int i = 0; i < count; i++) {
      tile.append(slice(hashes, i));
    }
    return tile;
  }

  private static byte[] slice(byte[] hashes, int index) {
    byte[] hash = new byte[MerkleHash.LENGTH];
    System.arraycopy(hashes, index * MerkleHash.LENGTH, hash, 0, hash.length);
    return hash;
  }

  /** Appends one hash, and completes the nodes above it that it completes. */
  public void append(byte[] hash) {
    nodes[0][width] = hash;
    int index = width;
    for (int height = 0; (index & 1) == 1; height++) {
      byte[] node = MerkleHash.node(nodes[height][index - 1], nodes[height][index]);
      index >>= 1;
      nodes[height + 1][index] = node;
      if (height + 1 == TilePath.HEIGHT) {
        break;
      }
    }
    width++;
  }

  /** How many hashes the tile has. */
  public int width() {
    return width;
  }

  public boolean isFull() {
    return width == TilePath.FULL_WIDTH;
  }

  /** The root of a full tile. */
  public byte[] root() {
    return node(TilePath.HEIGHT, 0);
  }

  /**
   * A complete node.
   *
   * @param height 0 to 8
   */
  public byte[] node(int height, int index) {
    byte[] node = nodes[height][index];
    if (node == null) {
      throw new IllegalArgumentException("the tile has no node " + height + "/" + index);
    }
    return node;
  }

  /** The first {@code count} hashes, concatenated. */
  public byte[] hashes(int count) {
    byte[] hashes = new byte[count * MerkleHash.LENGTH];
    for (int i = 0; i < count; i++) {
      System.arraycopy(node(0, i), 0, hashes, i * MerkleHash.LENGTH, MerkleHash.LENGTH);
    }
    return hashes;
  }
}
