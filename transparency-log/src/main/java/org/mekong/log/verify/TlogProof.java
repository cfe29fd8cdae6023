package org.mekong.log.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.StrictText;

/**
 * A proof file of c2sp.org/tlog-proof, taken apart but not verified.
 *
 * @param extra opaque data; our own proofs carry the entry here, so that they are self-contained
 * @param index of the entry, from 0
 * @param siblings the inclusion proof, from the leaf's sibling up to the root's child
 * @param checkpoint the signed note of the checkpoint
 */
public record TlogProof(
    Optional<byte[]> extra, long index, List<byte[]> siblings, Note checkpoint) {
  /** The longest proof that is read, in characters. */
  public static final int MAXIMUM_LENGTH = 1024 * 1024;

  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MAXIMUM_SIBLINGS = 63;

  public TlogProof {
    siblings = List.copyOf(siblings);
  }

  /**
   * Reads a proof file.
   *
   * @throws ProofException when it is malformed or over a limit
   */
  public static TlogProof parse(String proof) throws ProofException {
    if (proof.length() > MAXIMUM_LENGTH) {
      throw new ProofException("the proof is longer than " + MAXIMUM_LENGTH + " characters");
    }
    int end = proof.indexOf("\n\n");
    if (end < 0) {
      throw new ProofException("the proof has no empty line before the checkpoint");
    }
    List<String> lines = new ArrayList<>(Arrays.asList(proof.substring(0, end).split("\n", -1)));
    if (!lines.removeFirst().equals(HEADER)) {
      throw new ProofException("the first line is not " + HEADER);
    }
    try {
      Optional<byte[]> extra = Optional.empty();
      if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
        extra = Optional.of(StrictText.base64(lines.removeFirst().substring(EXTRA.length())));
      }
      if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
        throw new ProofException("the proof has no index line");
      }
      long index = StrictText.decimal(lines.removeFirst().substring(INDEX.length()));
      byte[] note = proof.substring(end + 2).getBytes(StandardCharsets.UTF_8);
      return new TlogProof(extra, index, siblings(lines), Note.parse(note));
    } catch (NoteException e) {
      throw new ProofException("the proof is malformed: " + e.getMessage(), e);
    }
  }

  private static List<byte[]> siblings(List<String> lines) throws ProofException, NoteException {
    if (lines.size() > MAXIMUM_SIBLINGS) {
      throw new ProofException("the inclusion proof has more than 63 hashes");
    }
    List<byte[]> siblings = new ArrayList<>(lines.size());
    for (String line : lines) {
      siblings.add(StrictText.hash(line));
    }
    return siblings;
  }

  /** The proof file as text, ending in a newline. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    extra.ifPresent(bytes -> text.append(EXTRA).append(StrictText.base64(bytes)).append('\n'));
    text.append(INDEX).append(index).append('\n');
    siblings.forEach(hash -> text.append(StrictText.base64(hash)).append('\n'));
    text.append('\n').append(new String(checkpoint.bytes(), StandardCharsets.UTF_8));
    return text.toString();
  }
}
