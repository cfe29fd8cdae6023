package org.mekong.registry.bulk.file;

import org.mekong.registry.problem.Violation;

/** The form of a file does not hold, from one row on. Holds nothing that stands in the file. */
public final class FormException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  private FormException(Violation violation) {
    super(violation.field() + " " + violation.detail());
    this.violation = violation;
  }

  /**
   * A fault in a row.
   *
   * @param row its number, 0 for the header of a CSV file
   */
  static FormException of(long row, String rule, String detail) {
    return new FormException(new Violation(row == 0 ? "header" : "row " + row, rule, detail));
  }

  /** A fault of the file as a whole. */
  public static FormException of(String rule, String detail) {
    return new FormException(new Violation("file", rule, detail));
  }

  /** Where it is, which rule it breaks, and how. */
  public Violation violation() {
    return violation;
  }
}
