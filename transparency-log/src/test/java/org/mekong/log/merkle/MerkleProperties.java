package org.mekong.log.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.mekong.log.tile.GrowingTree;

class MerkleProperties {
  private static final int LARGEST = 700;

  private final List<byte[]> leaves = new ArrayList<>();
  private final ReferenceTree tree;

  MerkleProperties() {
    for (int i = 0; i < LARGEST; i++) {
      leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
    }
    tree = new ReferenceTree(leaves);
  }

  @Property(tries = 200)
  void anyLeafOfAnySizeProvesAndVerifies(
      @ForAll @IntRange(min = 1, max = LARGEST) int size, @ForAll @IntRange(max = 10_000) int pick)
      throws InvalidProofException {
    int index = pick % size;
    List<byte[]> proof = MerkleTree.inclusion(index, size, tree);
    byte[] leaf = MerkleHash.leaf(leaves.get(index));

    MerkleProof.verifyInclusion(index, size, leaf, proof, tree.root(size));

    int another = (index + 1) % size;
    if (another != index) {
      refused(() -> MerkleProof.verifyInclusion(another, size, leaf, proof, tree.root(size)));
    }
  }

  @Property(tries = 200)
  void anyPairOfSizesProvesAndVerifies(
      @ForAll @IntRange(min = 1, max = LARGEST) int one,
      @ForAll @IntRange(min = 1, max = LARGEST) int other)
      throws InvalidProofException {
    int oldSize = Math.min(one, other);
    int size = Math.max(one, other);
    List<byte[]> proof = MerkleTree.consistency(oldSize, size, tree);

    MerkleProof.verifyConsistency(oldSize, size, tree.root(oldSize), tree.root(size), proof);

    if (oldSize < size) {
      refused(
          () ->
              MerkleProof.verifyConsistency(
                  oldSize, size, tree.root(size), tree.root(size), proof));
      refused(
          () ->
              MerkleProof.verifyConsistency(
                  oldSize, size, tree.root(oldSize), tree.root(oldSize), proof));
    }
  }

  @Property(tries = 200)
  void everyChangedByteOfAProofIsRefused(
      @ForAll @IntRange(min = 2, max = LARGEST) int size,
      @ForAll @IntRange(max = 10_000) int pick,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    int index = pick % size;
    List<byte[]> proof = MerkleTree.inclusion(index, size, tree);
    byte[] leaf = MerkleHash.leaf(leaves.get(index));
    int place = pick % (proof.size() * 32);
    proof.get(place / 32)[place % 32] ^= (byte) change;

    refused(() -> MerkleProof.verifyInclusion(index, size, leaf, proof, tree.root(size)));
  }

  @Property(tries = 200)
  void everyChangedByteOfAConsistencyProofIsRefused(
      @ForAll @IntRange(min = 2, max = LARGEST) int size,
      @ForAll @IntRange(max = 10_000) int pick,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    int oldSize = 1 + pick % (size - 1);
    List<byte[]> proof = MerkleTree.consistency(oldSize, size, tree);
    int place = pick % (proof.size() * 32);
    proof.get(place / 32)[place % 32] ^= (byte) change;

    refused(
        () ->
            MerkleProof.verifyConsistency(
                oldSize, size, tree.root(oldSize), tree.root(size), proof));
  }

  @Property(tries = 20)
  void aGrowingTreeHasTheRootsOfTheReferenceTree(
      @ForAll @IntRange(min = 1, max = LARGEST) int size) {
    GrowingTree growing = new GrowingTree();
    for (int i = 0; i < size; i++) {
      growing.append(MerkleHash.leaf(leaves.get(i)), new ArrayList<>());
    }
    assertArrayEquals(tree.root(size), growing.root());
  }

  private static void refused(org.junit.jupiter.api.function.Executable verification) {
    assertThrows(InvalidProofException.class, verification);
  }
}
