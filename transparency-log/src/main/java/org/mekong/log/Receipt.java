package org.mekong.log;

import java.util.List;
import java.util.Optional;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.tile.GrowingTree;
import org.mekong.log.verify.TlogProof;

/**
 * That an entry is part of a log, in a form that anybody can check.
 *
 * @param origin of the log
 * @param index of the entry, from 0
 * @param treeSize of the checkpoint that the entry is proved against
 * @param entry the bytes of the entry, not to be changed
 * @param proof the text of a proof file of c2sp.org/tlog-proof, whose {@code extra} line carries
 *     the entry
 */
public record Receipt(String origin, long index, long treeSize, byte[] entry, String proof) {

  static Receipt of(String origin, Ticket.Outcome.Placed placed) {
    GrowingTree.Snapshot edge = placed.step().edge();
    List<byte[]> siblings = MerkleTree.inclusion(placed.index(), edge.size(), edge.tree());
    TlogProof proof =
        new TlogProof(
            Optional.of(placed.entry()), placed.index(), siblings, placed.step().checkpoint());
    return new Receipt(origin, placed.index(), edge.size(), placed.entry(), proof.text());
  }
}
