package org.mekong.gateway.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a question is about.
 *
 * @param personalNumber as the answering nation writes it: up to 32 letters, digits and hyphens
 */
public record Subject(String personalNumber) {

  private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z-]{1,32}");

  public Subject {
    checkNumber(personalNumber);
  }

  static void checkNumber(@Nullable String personalNumber) {
    if (personalNumber == null || !NUMBER.matcher(personalNumber).matches()) {
      throw new IllegalArgumentException(
          "subject: a personal number holds 1 to 32 letters, digits and hyphens");
    }
  }

  /** Hides the number: a record's text ends up in logs. */
  @Override
  public String toString() {
    return "Subject[hidden]";
  }
}
