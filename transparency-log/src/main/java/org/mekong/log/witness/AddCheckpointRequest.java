package org.mekong.log.witness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mekong.log.note.Note;
import org.mekong.log.note.NoteException;
import org.mekong.log.note.StrictText;

/**
 * The body of an {@code add-checkpoint} call.
 *
 * @param oldSize of the last checkpoint that the witness has cosigned, as the client believes
 * @param proof the consistency proof from the old size to the checkpoint's; at most 63 hashes
 * @param checkpoint the signed note
 */
public record AddCheckpointRequest(long oldSize, List<byte[]> proof, Note checkpoint) {
  /** The longest body that is read, in bytes. */
  public static final int MAXIMUM_LENGTH = Note.MAXIMUM_LENGTH + 4_096;

  private static final String OLD = "old ";
  private static final int MAXIMUM_HASHES = 63;

  public AddCheckpointRequest {
    proof = List.copyOf(proof);
  }

  /**
   * Reads a body.
   *
   * @throws NoteException when it is malformed or over a limit
   */
  public static AddCheckpointRequest parse(byte[] body) throws NoteException {
    if (body.length > MAXIMUM_LENGTH) {
      throw new NoteException("the request is longer than " + MAXIMUM_LENGTH + " bytes");
    }
    int end = endOfProof(body);
    String[] lines = StrictText.utf8(Arrays.copyOf(body, end)).split("\n", MAXIMUM_HASHES + 3);
    if (!lines[0].startsWith(OLD)) {
      throw new NoteException("the first line is not the old size");
    }
    if (lines.length > MAXIMUM_HASHES + 1) {
      throw new NoteException("the consistency proof has more than 63 hashes");
    }
    List<byte[]> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      proof.add(StrictText.hash(lines[i]));
    }
    byte[] note = Arrays.copyOfRange(body, end + 2, body.length);
    long oldSize = StrictText.decimal(lines[0].substring(OLD.length()));
    return new AddCheckpointRequest(oldSize, proof, Note.parse(note));
  }

  private static int endOfProof(byte[] body) throws NoteException {
    for (int i = 0; i + 1 < body.length; i++) {
      if (body[i] == '\n' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw new NoteException("the request has no empty line before the checkpoint");
  }

  /** The body as it is sent. */
  public byte[] bytes() {
    StringBuilder head = new StringBuilder(OLD).append(oldSize).append('\n');
    proof.forEach(hash -> head.append(StrictText.base64(hash)).append('\n'));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    body.writeBytes(checkpoint.bytes());
    return body.toByteArray();
  }
}
