package org.mekong.log.note;

/** The names of keys: not empty, without Unicode spaces, plus and control characters. */
final class KeyName {
  private static final int MAXIMUM_LENGTH = 1_000;

  private KeyName() {}

  static String requireValid(String name) throws NoteException {
    boolean valid =
        !name.isEmpty()
            && name.length() <= MAXIMUM_LENGTH
            && name.codePoints().noneMatch(KeyName::isForbidden);
    if (!valid) {
      throw new NoteException("a key name is empty, too long, or holds a space or a plus");
    }
    return name;
  }

  private static boolean isForbidden(int codePoint) {
    return codePoint == '+'
        || codePoint < ' '
        || codePoint == 0x85
        || Character.isSpaceChar(codePoint)
        || Character.isWhitespace(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
