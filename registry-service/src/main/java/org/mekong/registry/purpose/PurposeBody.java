package org.mekong.registry.purpose;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.problem.Violations;

/**
 * A purpose as it is sent, kept and shown.
 *
 * @param legalBases the legal bases that admit it, word for word; any when left out
 * @param validFrom first day in force
 * @param validUntil last day in force
 * @param acrossBorder whether other nations may name it; not when left out
 */
@Schema(name = "Purpose")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PurposeBody(
    @Nullable String code,
    @Nullable String description,
    @Nullable List<@Nullable String> legalBases,
    @Nullable String validFrom,
    @Nullable String validUntil,
    @Nullable Boolean acrossBorder) {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{1,63}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final int MOST_BASES = 32;

  /** A purpose as it is sent. */
  public static PurposeBody of(Purpose purpose) {
    return new PurposeBody(
        purpose.code(),
        purpose.description(),
        new ArrayList<>(purpose.legalBases()),
        purpose.validFrom() == null ? null : purpose.validFrom().toString(),
        purpose.validUntil() == null ? null : purpose.validUntil().toString(),
        purpose.acrossBorder());
  }

  /**
   * Reads the purpose.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every member that breaks a rule
   */
  public Purpose read() {
    Violations violations = new Violations();
    String word = code(code, violations);
    String words = text("description", description, violations);
    List<String> bases = bases(violations);
    LocalDate from = day("validFrom", validFrom, violations);
    LocalDate until = day("validUntil", validUntil, violations);
    if (from != null && until != null && until.isBefore(from)) {
      violations.add("validUntil", "order", "is before validFrom");
    }
    violations.refuse();
    if (word == null || words == null) {
      throw new IllegalStateException("A required member passed unread");
    }
    return new Purpose(word, words, bases, from, until, Boolean.TRUE.equals(acrossBorder));
  }

  /** Reads the code of a purpose, a field set or a permission. */
  public static @Nullable String code(@Nullable String code, Violations violations) {
    return violations.need(
        "code",
        code,
        "code",
        "is no word of 2 to 64 lower-case letters, digits and -",
        text -> CODE.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  /** Reads a text that has to be there. */
  public static @Nullable String text(String field, @Nullable String text, Violations violations) {
    if (text == null) {
      violations.add(field, "required", "is missing");
    } else {
      NameText.inText(text, NameText.LONGEST_TEXT)
          .ifPresent(fault -> violations.add(field, fault.rule(), fault.detail()));
    }
    return text;
  }

  private List<String> bases(Violations violations) {
    List<@Nullable String> given = legalBases == null ? List.of() : legalBases;
    List<String> bases = new ArrayList<>();
    if (given.size() > MOST_BASES) {
      violations.add("legalBases", "size", "holds more than " + MOST_BASES);
      return bases;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String field = "legalBases[" + i + "]";
      String basis = text(field, given.get(i), violations);
      if (basis != null && !seen.add(basis)) {
        violations.add(field, "unique", "is given twice");
      } else if (basis != null) {
        bases.add(basis);
      }
    }
    return bases;
  }

  private static @Nullable LocalDate day(
      String field, @Nullable String text, Violations violations) {
    return violations.read(field, text, "date", "is no date as in 2026-11-30", PurposeBody::day);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return DAY.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
