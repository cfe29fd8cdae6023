package org.mekong.log.verify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mekong.log.merkle.MerkleHash;
import org.mekong.log.merkle.MerkleTree;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.tile.TileNodes;
import org.mekong.log.tile.TilePath;
import org.mekong.log.tile.TileSource;
import org.mekong.log.tile.TiledTree;

/**
 * Makes the proof of an entry from what a log publishes: its newest checkpoint and its tiles. So an
 * entry whose receipt was made before any witness had seen it can be proved again under a cosigned
 * checkpoint, without asking anybody who could refuse.
 */
public final class PublishedProof {
  private PublishedProof() {}

  /**
   * Proves an entry anew.
   *
   * @param source the published log
   * @param index of the entry
   * @param entry its bytes, which the proof will carry
   * @param policy which the checkpoint has to meet
   * @throws ProofException when the log does not prove it
   * @throws IOException when the log cannot be read
   */
  public static TlogProof of(TileSource source, long index, byte[] entry, Policy policy)
      throws ProofException, IOException {
    byte[] checkpoint =
        source.read("checkpoint").orElseThrow(() -> new IOException("the log has no checkpoint"));
    Note note;
    try {
      note = Note.parse(checkpoint);
    } catch (NoteException e) {
      throw new ProofException("the checkpoint is malformed: " + e.getMessage(), e);
    }
    long size = policy.verify(note).checkpoint().size();
    if (index < 0 || index >= size) {
      throw new ProofException("the checkpoint does not cover the entry");
    }
    List<byte[]> siblings =
        MerkleTree.inclusion(
            index,
            size,
            new TiledTree<IOException>((level, tile) -> tile(source, level, tile, size)));
    TlogProof proof = new TlogProof(Optional.of(entry), index, siblings, note);
    ProofVerifier.verify(proof, entry, policy);
    return proof;
  }

  private static TileNodes tile(TileSource source, int level, long index, long size)
      throws IOException {
    int width = TilePath.widthIn(level, index, size);
    TilePath path = new TilePath(TilePath.Kind.HASHES, level, index, width);
    Optional<byte[]> found = source.read(path.toString());
    if (found.isEmpty() && !path.isFull()) {
      found = source.read(path.full().toString());
    }
    byte[] hashes = found.orElseThrow(() -> new IOException(path + " is not there"));
    if (hashes.length != width * MerkleHash.LENGTH
        && hashes.length != TilePath.FULL_WIDTH * MerkleHash.LENGTH) {
      throw new IOException(path + " is no tile of its width");
    }
    return TileNodes.of(hashes);
  }
}
