package org.mekong.log.commitment;

/**
 * What opens a commitment. A secret of the subject's own country.
 *
 * @param key the 32 random bytes of the entry
 * @param subject whom the entry is about: the opaque id of a person, never a number
 */
public record Opening(byte[] key, String subject) {
  public Opening {
    key = key.clone();
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "Opening[]";
  }
}
