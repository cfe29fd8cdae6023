package org.mekong.gateway.exchange.past;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mekong.log.note.Checkpoint;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.verify.ProofException;
import org.mekong.log.verify.TlogProof;

/**
 * A checkpoint that a peer's log has signed.
 *
 * @param note as it was signed, so that it can be shown
 */
record Seen(Checkpoint checkpoint, String note) {

  /** The checkpoint of a receipt whose signature was verified. */
  static Seen of(String receipt) {
    try {
      return of(TlogProof.parse(receipt).checkpoint());
    } catch (ProofException | NoteException e) {
      throw new IllegalArgumentException("a receipt that was not verified", e);
    }
  }

  static Seen of(Note note) throws NoteException {
    return new Seen(
        Checkpoint.parse(note.text()), new String(note.bytes(), StandardCharsets.UTF_8));
  }

  String origin() {
    return checkpoint.origin();
  }

  long size() {
    return checkpoint.size();
  }

  boolean hasRoot(byte[] root) {
    return Arrays.equals(checkpoint.root(), root);
  }

  /** Whether both are of one size and yet differ: then the log has signed two pasts. */
  boolean contradicts(Seen other) {
    return size() == other.size() && !hasRoot(other.checkpoint.root());
  }
}
