package org.mekong.log.note;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A private key with its name as one line: {@code PRIVATE+KEY+<name>+<hex id>+<base64(type ||
 * seed)>}.
 */
record SecretKeyText(String name, byte[] seed) {
  private static final String PREFIX = "PRIVATE+KEY+";

  static SecretKeyText parse(String file, KeyType type) throws NoteException {
    String line = file.strip();
    String[] parts =
        line.startsWith(PREFIX) ? line.substring(PREFIX.length()).split("\\+", 3) : null;
    if (parts == null || parts.length != 3) {
      throw new NoteException("not a private key: PRIVATE+KEY+<name>+<id>+<base64>");
    }
    byte[] material = StrictText.base64(parts[2]);
    if (material.length != 1 + Ed25519.SEED_LENGTH || KeyType.of(material[0]) != type) {
      throw new NoteException("not a private key of the type " + type);
    }
    SecretKeyText key =
        new SecretKeyText(
            KeyName.requireValid(parts[0]), Arrays.copyOfRange(material, 1, material.length));
    if (!key.id(type).equals(parts[1])) {
      throw new NoteException("the id of the private key does not belong to it");
    }
    return key;
  }

  String encoded(KeyType type) {
    byte[] material = Ed25519.concat(new byte[] {type.identifier()}, seed);
    return PREFIX + name + "+" + id(type) + "+" + StrictText.base64(material) + "\n";
  }

  private String id(KeyType type) {
    int id = VerifierKey.id(name, type, Ed25519.publicKeyOf(seed));
    return HexFormat.of().toHexDigits(id);
  }

  @Override
  public String toString() {
    return "SecretKeyText[" + name + "]";
  }
}
