package org.mekong.log.note;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One signature line of a note: {@code — <key name> base64(key id || bytes)}.
 *
 * @param keyName the name of the key
 * @param keyId the 32-bit id of the key
 * @param bytes what the key made; its shape is that of the key's type
 */
public record NoteSignature(String keyName, int keyId, byte[] bytes) {
  private static final String PREFIX = "\u2014 ";

  public NoteSignature {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Reads a line without its newline. */
  static NoteSignature parse(String line) throws NoteException {
    int space = line.indexOf(' ', PREFIX.length());
    if (!line.startsWith(PREFIX) || space < 0) {
      throw new NoteException("a line after the text of the note is not a signature");
    }
    String name = KeyName.requireValid(line.substring(PREFIX.length(), space));
    byte[] decoded = StrictText.base64(line.substring(space + 1));
    if (decoded.length <= Integer.BYTES) {
      throw new NoteException("a signature of the note is too short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(decoded);
    return new NoteSignature(
        name, buffer.getInt(), Arrays.copyOfRange(decoded, Integer.BYTES, decoded.length));
  }

  /** The line as it stands in a note, with its newline. */
  public String line() {
    byte[] id = ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array();
    return PREFIX + keyName + " " + StrictText.base64(Ed25519.concat(id, bytes)) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that
        && keyName.equals(that.keyName)
        && keyId == that.keyId
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * keyId + Arrays.hashCode(bytes);
  }
}
