package org.mekong.log.note;

/** The signature types of c2sp.org/signed-note that this library makes and verifies. */
public enum KeyType {
  /** Ed25519 over the note text: the key of a log. */
  LOG(0x01),
  /** Timestamped Ed25519 cosignature of c2sp.org/tlog-cosignature: the key of a witness. */
  COSIGNER(0x04);

  private final byte identifier;

  KeyType(int identifier) {
    this.identifier = (byte) identifier;
  }

  /** The identifier byte of this type. */
  public byte identifier() {
    return identifier;
  }

  static KeyType of(byte identifier) throws NoteException {
    for (KeyType type : values()) {
      if (type.identifier == identifier) {
        return type;
      }
    }
    throw new NoteException("a key of an unknown signature type");
  }
}
