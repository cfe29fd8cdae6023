package org.mekong.registry.name;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What text a person's particulars may hold. Pure functions: text in, the broken rule or nothing
 * out. Names are letters of one script with the few signs that join them; other text is anything
 * printable. Neither holds control or direction characters, lone surrogates, private or unassigned
 * code points, or marks heaped on one letter.
 */
public final class NameText {

  /** Longest part of a name, in code points. */
  public static final int LONGEST_NAME = 100;

  /** Longest free text, in code points. */
  public static final int LONGEST_TEXT = 200;

  private static final int MOST_MARKS = 3;

  private NameText() {}

  /** A rule that a text broke. */
  public enum Fault {
    EMPTY("not-empty", "holds no text"),
    TOO_LONG("length", "is longer than allowed"),
    CONTROL("printable", "holds a control, direction or unassigned character"),
    SURROGATE("unicode", "holds half of a surrogate pair"),
    MARKS("marks", "heaps too many marks on one letter"),
    SCRIPT("script", "holds a character that names in this script do not have, or no letter"),
    SPACING("spacing", "starts or ends with a space, or has two in a row");

    private final String rule;
    private final String detail;

    Fault(String rule, String detail) {
      this.rule = rule;
      this.detail = detail;
    }

    /** The rule's name in a problem document. */
    public String rule() {
      return rule;
    }

    /** A half sentence to stand behind the field's name. */
    public String detail() {
      return detail;
    }
  }

  /** The text as the register keeps it: composed (NFC). */
  public static String canonical(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** The rule that a part of a name breaks, if any. */
  public static Optional<Fault> inName(String text, NameScript script) {
    Optional<Fault> fault = inText(text, LONGEST_NAME);
    if (fault.isPresent()) {
      return fault;
    }
    boolean foreign = canonical(text).codePoints().anyMatch(point -> !mayStand(point, script));
    boolean letterless = text.codePoints().noneMatch(Character::isLetter);
    return foreign || letterless ? Optional.of(Fault.SCRIPT) : Optional.empty();
  }

  /**
   * The rule that a name breaks by which somebody is searched for, if any: of any script that names
   * are written in, with a letter, and no longer than a free text.
   */
  public static Optional<Fault> inQuery(String text) {
    Optional<Fault> fault = inText(text, LONGEST_TEXT);
    if (fault.isPresent()) {
      return fault;
    }
    boolean foreign =
        canonical(text)
            .codePoints()
            .anyMatch(
                point ->
                    Arrays.stream(NameScript.values())
                        .noneMatch(script -> mayStand(point, script)));
    boolean letterless = text.codePoints().noneMatch(Character::isLetter);
    return foreign || letterless ? Optional.of(Fault.SCRIPT) : Optional.empty();
  }

  /** The rule that a free text of at most {@code longest} code points breaks, if any. */
  public static Optional<Fault> inText(String text, int longest) {
    if (text.isBlank()) {
      return Optional.of(Fault.EMPTY);
    }
    if (text.length() > 4 * longest || text.codePointCount(0, text.length()) > longest) {
      return Optional.of(Fault.TOO_LONG);
    }
    if (text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
      return Optional.of(Fault.SURROGATE);
    }
    if (text.codePoints().anyMatch(NameText::isHidden)) {
      return Optional.of(Fault.CONTROL);
    }
    if (mostMarksInARow(canonical(text)) > MOST_MARKS) {
      return Optional.of(Fault.MARKS);
    }
    boolean loose = !text.equals(text.strip()) || text.contains("  ");
    return loose ? Optional.of(Fault.SPACING) : Optional.empty();
  }

  private static boolean mayStand(int point, NameScript script) {
    if (point == ' ' || point == '-' || point == '\'' || point == '’' || point == '.') {
      return true;
    }
    return (Character.isLetter(point) || isMark(point)) && script.writes(point);
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> Character.isSpaceChar(point) && point != ' ';
    };
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static int mostMarksInARow(String text) {
    int most = 0;
    int row = 0;
    for (int point : text.codePoints().toArray()) {
      row = isMark(point) ? row + 1 : 0;
      most = Math.max(most, row);
    }
    return most;
  }
}
