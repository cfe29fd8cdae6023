package org.mekong.log.note;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The text of a checkpoint: c2sp.org/tlog-checkpoint@v1.0.0.
 *
 * @param origin the identity of the log; one line, not empty
 * @param size how many entries the tree has
 * @param root the root hash, 32 bytes
 * @param extensions further lines, not empty; we write none
 */
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {
  public Checkpoint {
    root = root.clone();
    extensions = List.copyOf(extensions);
    if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0 || root.length != 32) {
      throw new IllegalArgumentException("not a checkpoint of " + origin);
    }
  }

  /** A checkpoint without extension lines. */
  public Checkpoint(String origin, long size, byte[] root) {
    this(origin, size, root, List.of());
  }

  @Override
  public byte[] root() {
    return root.clone();
  }

  /**
   * Reads the text of a note as a checkpoint.
   *
   * @throws NoteException when it is malformed
   */
  public static Checkpoint parse(String noteText) throws NoteException {
    String[] lines = noteText.split("\n", -1);
    if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
      throw new NoteException("a checkpoint has at least three lines");
    }
    List<String> text = Arrays.asList(lines).subList(0, lines.length - 1);
    if (text.stream().anyMatch(String::isEmpty)) {
      throw new NoteException("a line of the checkpoint is empty");
    }
    return new Checkpoint(
        text.get(0),
        StrictText.decimal(text.get(1)),
        StrictText.hash(text.get(2)),
        text.subList(3, text.size()));
  }

  /** The text to be signed, with its last newline. */
  public String text() {
    StringBuilder text = new StringBuilder(origin).append('\n');
    text.append(size).append('\n').append(StrictText.base64(root)).append('\n');
    extensions.forEach(extension -> text.append(extension).append('\n'));
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that
        && origin.equals(that.origin)
        && size == that.size
        && Arrays.equals(root, that.root)
        && extensions.equals(that.extensions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin, size, Arrays.hashCode(root), extensions);
  }
}
