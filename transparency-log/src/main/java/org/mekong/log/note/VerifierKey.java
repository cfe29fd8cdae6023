package org.mekong.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key with its name: the vkey of c2sp.org/signed-note, {@code <name>+<hex id>+<base64>}.
 * Immutable and thread-safe.
 */
public final class VerifierKey {
  private final String name;
  private final int id;
  private final KeyType type;
  private final byte[] encoded;
  private final PublicKey key;

  private VerifierKey(String name, KeyType type, byte[] encoded) throws NoteException {
    this.name = KeyName.requireValid(name);
    this.type = type;
    this.encoded = encoded.clone();
    this.key = Ed25519.publicKey(encoded);
    this.id = id(name, type, encoded);
  }

  /**
   * Reads a vkey.
   *
   * @throws NoteException when it is malformed, of another type than Ed25519 log or cosigner, or
   *     when its id does not belong to its name and key
   */
  public static VerifierKey parse(String vkey) throws NoteException {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
      throw new NoteException("not a verifier key: <name>+<8 hex digits>+<base64>");
    }
    byte[] material = StrictText.base64(parts[2]);
    if (material.length != 1 + Ed25519.PUBLIC_KEY_LENGTH) {
      throw new NoteException("not a verifier key of Ed25519");
    }
    KeyType type = KeyType.of(material[0]);
    VerifierKey key =
        new VerifierKey(parts[0], type, Arrays.copyOfRange(material, 1, material.length));
    if (key.id != Integer.parseUnsignedInt(parts[1], 16)) {
      throw new NoteException("the id of the verifier key does not belong to it");
    }
    return key;
  }

  static VerifierKey of(String name, KeyType type, byte[] publicKey) {
    try {
      return new VerifierKey(name, type, publicKey);
    } catch (NoteException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static int id(String name, KeyType type, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      digest.update(type.identifier());
      return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public String name() {
    return name;
  }

  /** The 32-bit key id. */
  public int id() {
    return id;
  }

  public KeyType type() {
    return type;
  }

  /** The 32 bytes of the public key. */
  public byte[] publicKey() {
    return encoded.clone();
  }

  /** Whether a signature line names this key; it says nothing about the signature itself. */
  public boolean isNamedBy(NoteSignature signature) {
    return signature.keyId() == id && signature.keyName().equals(name);
  }

  /** Whether {@code signature} is this key's over the text of a note. */
  public boolean verifies(String noteText, NoteSignature signature) {
    if (!isNamedBy(signature)) {
      return false;
    }
    byte[] bytes = signature.bytes();
    return switch (type) {
      case LOG -> Ed25519.verifies(key, noteText.getBytes(StandardCharsets.UTF_8), bytes);
      case COSIGNER -> {
        if (bytes.length != Cosigner.SIGNATURE_LENGTH) {
          yield false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long time = buffer.getLong();
        byte[] rest = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        yield time >= 0 && Ed25519.verifies(key, Cosigner.message(time, noteText), rest);
      }
    };
  }

  /**
   * When a cosignature says that it was made. To be asked only after {@link #verifies}.
   *
   * @throws IllegalArgumentException when the signature is not a cosignature
   */
  public static Instant cosignedAt(NoteSignature cosignature) {
    byte[] bytes = cosignature.bytes();
    if (bytes.length != Cosigner.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("not a cosignature");
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }

  /** The vkey as text. */
  @Override
  public String toString() {
    byte[] material = Ed25519.concat(new byte[] {type.identifier()}, encoded);
    return name + "+" + HexFormat.of().toHexDigits(id) + "+" + StrictText.base64(material);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return id;
  }
}
