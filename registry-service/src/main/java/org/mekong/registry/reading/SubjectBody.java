package org.mekong.registry.reading;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;

/**
 * Whom a request is about: a personal number or the register's own key. A number that has the form
 * of no scheme is a number of nobody: it is answered like any other that the register does not
 * hold.
 */
public record SubjectBody(
    @Schema(examples = "130299000001") @Nullable String personalNumber, @Nullable String personId) {

  private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z-]{1,32}");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Reads the key of a request's subject. */
  public static People.Key key(@Nullable SubjectBody subject) {
    if (subject == null) {
      throw Problem.invalid("subject", "required", "is missing");
    }
    if ((subject.personalNumber == null) == (subject.personId == null)) {
      throw Problem.invalid("subject", "one-key", "needs either personalNumber or personId");
    }
    return subject.personalNumber == null
        ? id("subject.personId", subject.personId)
        : number("subject.personalNumber", subject.personalNumber);
  }

  /** Reads a personal number. */
  public static People.Key number(String field, @Nullable String number) {
    if (number == null || !NUMBER.matcher(number).matches()) {
      throw Problem.invalid(field, "number", "is no number of 1 to 32 digits, letters and -");
    }
    return new People.Key.ByNumber(number);
  }

  private static People.Key id(String field, @Nullable String text) {
    return parse(text)
        .map(People.Key.ById::new)
        .orElseThrow(() -> Problem.invalid(field, "uuid", "is no UUID in lower case"));
  }

  /** A key of the register in the form it gives out, if the text is one. */
  public static Optional<UUID> parse(@Nullable String text) {
    return text != null && UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
