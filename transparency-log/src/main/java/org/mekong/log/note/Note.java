package org.mekong.log.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A signed note of c2sp.org/signed-note. A note that was parsed is not yet verified: its text is to
 * be ignored until {@link #requireSignedBy} has returned.
 *
 * @param text what is signed, with its last newline
 * @param signatures at least one, known or unknown
 */
public record Note(String text, List<NoteSignature> signatures) {
  /** The most signature lines that are read. */
  public static final int MAXIMUM_SIGNATURES = 64;

  /** The longest note that is read, in bytes. */
  public static final int MAXIMUM_LENGTH = 512 * 1024;

  public Note {
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note.
   *
   * @throws NoteException when it is malformed or over a limit
   */
  public static Note parse(byte[] bytes) throws NoteException {
    if (bytes.length > MAXIMUM_LENGTH) {
      throw new NoteException("the note is longer than " + MAXIMUM_LENGTH + " bytes");
    }
    String note = StrictText.utf8(bytes);
    if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new NoteException("the note holds a control character");
    }
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n") || end + 2 == note.length()) {
      throw new NoteException("the note is not a text, an empty line and signature lines");
    }
    return new Note(note.substring(0, end + 1), signatures(note.substring(end + 2)));
  }

  private static List<NoteSignature> signatures(String block) throws NoteException {
    if (block.chars().filter(c -> c == '\n').count() > MAXIMUM_SIGNATURES) {
      throw new NoteException("the note has more than " + MAXIMUM_SIGNATURES + " signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : block.substring(0, block.length() - 1).split("\n", -1)) {
      signatures.add(NoteSignature.parse(line));
    }
    return signatures;
  }

  /**
   * The signature by a known key, verified; signatures by other keys are ignored.
   *
   * @throws NoteException when there is none, or when one that names the key does not verify
   */
  public NoteSignature requireSignedBy(VerifierKey key) throws NoteException {
    List<NoteSignature> found = signaturesOf(key);
    if (found.isEmpty()) {
      throw new NoteException("the note is not signed by " + key.name());
    }
    return found.getFirst();
  }

  /**
   * All signatures by a known key, verified; empty when there is none.
   *
   * @throws NoteException when one that names the key does not verify
   */
  public List<NoteSignature> signaturesOf(VerifierKey key) throws NoteException {
    List<NoteSignature> found = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      if (key.isNamedBy(signature)) {
        if (!key.verifies(text, signature)) {
          throw new NoteException("the signature by " + key.name() + " does not verify");
        }
        found.add(signature);
      }
    }
    return found;
  }

  /** The note as it is sent and stored. */
  public byte[] bytes() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }
}
