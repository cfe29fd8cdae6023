package org.mekong.registry.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameText;
import org.mekong.registry.problem.Violations;

/** A statement on the wire: its name, and the one parameter that it takes. */
public record PredicateBody(
    @Nullable String name,
    @Nullable Integer years,
    @Nullable String province,
    @Nullable String personalNumber,
    @Nullable String names) {

  private static final int MOST = 16;
  private static final int OLDEST = 150;

  /**
   * Reads the statements of a request.
   *
   * @param provinces codes of the nation's provinces
   * @throws io.quarkiverse.resteasy.problem.HttpProblem naming every one that cannot be read
   */
  static List<Predicate> read(
      @Nullable List<@Nullable PredicateBody> bodies, Set<String> provinces) {
    Violations violations = new Violations();
    List<Predicate> predicates = new ArrayList<>();
    if (bodies == null || bodies.isEmpty()) {
      violations.add("predicates", "required", "is missing");
    } else if (bodies.size() > MOST) {
      violations.add("predicates", "size", "holds more than " + MOST + " statements");
    } else {
      for (int i = 0; i < bodies.size(); i++) {
        PredicateBody body = bodies.get(i);
        String path = "predicates[" + i + "]";
        if (body == null || body.name == null) {
          violations.add(path + ".name", "required", "is missing");
        } else {
          Predicate predicate = body.read(path, body.name, provinces, violations);
          if (predicate != null) {
            predicates.add(predicate);
          }
        }
      }
    }
    violations.refuse();
    return predicates;
  }

  private @Nullable Predicate read(
      String path, String statement, Set<String> provinces, Violations violations) {
    refuseOthers(path, statement, violations);
    return switch (statement) {
      case "alive" -> new Predicate.Alive();
      case "married" -> new Predicate.Married();
      case "single" -> new Predicate.Single();
      case "number_valid" -> new Predicate.NumberValid();
      case "age_over" -> ageOver(path, violations);
      case "resident_of" -> {
        if (province == null || !provinces.contains(province)) {
          violations.add(path + ".province", "known-code", "is no province of today");
          yield null;
        }
        yield new Predicate.ResidentOf(province);
      }
      case "parent_of" -> {
        if (personalNumber == null || !personalNumber.matches("[0-9A-Za-z-]{1,32}")) {
          violations.add(
              path + ".personalNumber", "number", "is no number of 1 to 32 digits, letters and -");
          yield null;
        }
        yield new Predicate.ParentOf(personalNumber);
      }
      case "name_matches" -> nameMatches(path, violations);
      default -> {
        violations.add(path + ".name", "known-code", "is no statement known here");
        yield null;
      }
    };
  }

  private @Nullable Predicate ageOver(String path, Violations violations) {
    if (years == null || years < 0 || years > OLDEST) {
      violations.add(path + ".years", "range", "is no whole number from 0 to " + OLDEST);
      return null;
    }
    return new Predicate.AgeOver(years);
  }

  private @Nullable Predicate nameMatches(String path, Violations violations) {
    if (names == null) {
      violations.add(path + ".names", "required", "is missing");
      return null;
    }
    NameText.inText(names, NameText.LONGEST_TEXT)
        .ifPresent(fault -> violations.add(path + ".names", fault.rule(), fault.detail()));
    return new Predicate.NameMatches(names);
  }

  /** A parameter that the statement does not take is a misunderstanding, so it is refused. */
  private void refuseOthers(String path, String statement, Violations violations) {
    refuse(path + ".years", years, statement.equals("age_over"), violations);
    refuse(path + ".province", province, statement.equals("resident_of"), violations);
    refuse(path + ".personalNumber", personalNumber, statement.equals("parent_of"), violations);
    refuse(path + ".names", names, statement.equals("name_matches"), violations);
  }

  private static void refuse(
      String path, @Nullable Object value, boolean taken, Violations violations) {
    if (value != null && !taken) {
      violations.add(path, "known-member", "is no parameter of this statement");
    }
  }
}
