package org.mekong.registry.name;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.Optional;

/** A script that a name may be written in. */
public enum NameScript {
  LATIN("Latn", UnicodeScript.LATIN),
  LAO("Laoo", UnicodeScript.LAO);

  private final String code;
  private final UnicodeScript letters;

  NameScript(String code, UnicodeScript letters) {
    this.code = code;
    this.letters = letters;
  }

  /** The ISO 15924 code. */
  public String code() {
    return code;
  }

  /** Whether a code point is a letter or mark of this script. */
  boolean writes(int codePoint) {
    UnicodeScript script = UnicodeScript.of(codePoint);
    return script == letters || script == UnicodeScript.INHERITED;
  }

  /** The script of an ISO 15924 code, if it is one of ours. */
  public static Optional<NameScript> ofCode(String code) {
    return Arrays.stream(values()).filter(script -> script.code.equals(code)).findFirst();
  }
}
