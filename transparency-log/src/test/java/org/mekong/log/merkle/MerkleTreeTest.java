package org.mekong.log.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The test vectors of RFC 6962's reference tree, and the rules that are easily got wrong. */
class MerkleTreeTest {
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private final ReferenceTree tree = new ReferenceTree(leaves());

  private static List<byte[]> leaves() {
    List<byte[]> leaves = new ArrayList<>();
    LEAVES.forEach(leaf -> leaves.add(HexFormat.of().parseHex(leaf)));
    return leaves;
  }

  @Test
  void computesTheRootsOfTheReferenceTree() {
    for (int size = 0; size <= LEAVES.size(); size++) {
      byte[] root = MerkleTree.root(size, tree);
      assertEquals(ROOTS.get(size), HexFormat.of().formatHex(root));
    }
  }

  @Test
  void provesAsTheReferenceTreeDoes() {
    List<byte[]> inclusion = MerkleTree.inclusion(0, 8, tree);
    assertEquals(
        List.of(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
        inclusion.stream().map(HexFormat.of()::formatHex).toList());
    List<byte[]> consistency = MerkleTree.consistency(6, 8, tree);
    assertEquals(
        List.of(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        consistency.stream().map(HexFormat.of()::formatHex).toList());
  }

  @Test
  void refusesAnIndexThatIsNotSmallerThanTheSize() {
    byte[] leaf = MerkleHash.leaf(new byte[0]);
    assertRefused(() -> MerkleProof.verifyInclusion(1, 1, leaf, List.of(), leaf));
    assertRefused(() -> MerkleProof.verifyInclusion(-1, 1, leaf, List.of(), leaf));
    assertRefused(() -> MerkleProof.verifyInclusion(0, 0, leaf, List.of(), leaf));
  }

  @Test
  void refusesAProofOfWhichSomethingIsLeftAtTheEnd() {
    byte[] leaf = MerkleHash.leaf(HexFormat.of().parseHex(LEAVES.get(2)));
    List<byte[]> proof = MerkleTree.inclusion(2, 8, tree);
    byte[] root = MerkleTree.root(8, tree);
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(root);

    assertRefused(() -> MerkleProof.verifyInclusion(2, 8, leaf, longer, root));
    assertRefused(() -> MerkleProof.verifyInclusion(2, 8, leaf, proof.subList(0, 2), root));
  }

  @Test
  void refusesATreeOfWhichSomethingIsLeftAtTheEnd() {
    byte[] leaf = MerkleHash.leaf(HexFormat.of().parseHex(LEAVES.get(2)));
    List<byte[]> proof = MerkleTree.inclusion(2, 4, tree);
    byte[] root = MerkleTree.root(4, tree);

    assertRefused(() -> MerkleProof.verifyInclusion(2, 8, leaf, proof, root));
    assertRefused(() -> MerkleProof.verifyInclusion(2, 5, leaf, proof, root));
  }

  @Test
  void refusesConsistencyWithOldSizeZero() {
    byte[] root = MerkleTree.root(8, tree);
    assertRefused(() -> MerkleProof.verifyConsistency(0, 8, MerkleHash.empty(), root, List.of()));
    assertRefused(
        () ->
            MerkleProof.verifyConsistency(0, 0, MerkleHash.empty(), MerkleHash.empty(), List.of()));
  }

  @Test
  void refusesAnOldSizeThatIsLargerAndEqualSizesWithAnotherRootOrAProof() {
    byte[] four = MerkleTree.root(4, tree);
    byte[] five = MerkleTree.root(5, tree);
    assertRefused(() -> MerkleProof.verifyConsistency(5, 4, five, four, List.of(four)));
    assertRefused(() -> MerkleProof.verifyConsistency(4, 4, four, five, List.of()));
    assertRefused(() -> MerkleProof.verifyConsistency(4, 4, four, four, List.of(four)));
    assertRefused(() -> MerkleProof.verifyConsistency(4, 5, four, five, List.of()));
  }

  @Test
  void refusesHashesThatAreNot32Bytes() {
    byte[] leaf = MerkleHash.leaf(new byte[0]);
    assertRefused(() -> MerkleProof.verifyInclusion(0, 2, leaf, List.of(new byte[31]), leaf));
  }

  @Test
  void keepsLeavesAndNodesApart() {
    byte[] left = new byte[32];
    byte[] right = new byte[32];
    byte[] both = new byte[64];
    assertArrayEquals(MerkleHash.node(left, right), MerkleHash.node(left, right));
    org.junit.jupiter.api.Assertions.assertFalse(
        java.util.Arrays.equals(MerkleHash.node(left, right), MerkleHash.leaf(both)));
  }

  private static void assertRefused(org.junit.jupiter.api.function.Executable verification) {
    assertThrows(InvalidProofException.class, verification);
  }
}
