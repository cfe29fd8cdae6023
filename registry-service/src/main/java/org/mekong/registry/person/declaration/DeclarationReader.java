package org.mekong.registry.person.declaration;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.NameText;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.residence.Place;

/**
 * Reads what requests say of persons. A member that cannot be read is noted by its path, and read
 * as nothing. Not thread-safe.
 *
 * @param country code of this nation
 * @param script ISO 15924 code of its official names
 */
public record DeclarationReader(String country, String script, Violations violations) {

  private static final int MOST = 50;
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** A key of the register that has to be there. */
  public @Nullable UUID needKey(String field, @Nullable String text) {
    return violations.need(field, text, "uuid", "is no UUID in lower case", DeclarationReader::key);
  }

  /** A key of the register. */
  public @Nullable UUID key(String field, @Nullable String text) {
    return violations.read(field, text, "uuid", "is no UUID in lower case", DeclarationReader::key);
  }

  private static Optional<UUID> key(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  /** A date that may be known in part. */
  public @Nullable PartialDate date(String field, @Nullable String text) {
    return violations.read(field, text, "date", "is no date of the calendar", PartialDate::parse);
  }

  /** A whole date. */
  public @Nullable LocalDate day(String field, @Nullable String text) {
    return violations.read(
        field, text, "date", "is no date of the calendar", DeclarationReader::day);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A text that has to be there. */
  public @Nullable String needText(String field, @Nullable String text) {
    return violations.need(field, canonical(text), "", "", Optional::of);
  }

  /** A list that has to be there, without nulls and of at most 50. */
  public <T> List<T> needList(String field, @Nullable List<@Nullable T> list) {
    if (list == null || list.isEmpty()) {
      violations.add(field, "required", "is missing");
      return List.of();
    }
    return list(field, list);
  }

  /** A list without nulls and of at most 50; empty when it is absent. */
  public <T> List<T> list(String field, @Nullable List<@Nullable T> list) {
    List<T> read = new ArrayList<>();
    List<@Nullable T> given = list == null ? List.of() : list;
    if (given.size() > MOST) {
      violations.add(field, "size", "holds more than " + MOST);
      return List.of();
    }
    for (int i = 0; i < given.size(); i++) {
      T element = given.get(i);
      if (element == null) {
        violations.add(field + "[" + i + "]", "required", "is null");
      } else {
        read.add(element);
      }
    }
    return read;
  }

  /** Names that have to be there. */
  public List<PersonName> names(String field, @Nullable List<RegisterPerson.@Nullable Name> names) {
    List<PersonName> read = new ArrayList<>();
    List<RegisterPerson.Name> given = needList(field, names);
    for (int i = 0; i < given.size(); i++) {
      PersonName name = name(field + "[" + i + "]", given.get(i));
      if (name != null) {
        read.add(name);
      }
    }
    return read;
  }

  private @Nullable PersonName name(String path, RegisterPerson.Name name) {
    String kindCode = name.kind() == null ? "official" : name.kind();
    String scriptCode = name.script() == null ? script : name.script();
    PersonName.Kind kind =
        violations.need(
            path + ".kind", kindCode, "known-code", "is no kind of name", PersonName.Kind::ofCode);
    NameScript written =
        violations.need(
            path + ".script", scriptCode, "known-code", "is no script", NameScript::ofCode);
    String given = needText(path + ".given", name.given());
    if (kind == null || written == null || given == null) {
      return null;
    }
    return new PersonName(kind, written, canonical(name.family()), canonical(name.middle()), given);
  }

  /** A place, in this nation where it does not say. */
  public @Nullable Place place(RegisterPerson.@Nullable Location location) {
    return location == null
        ? null
        : new Place(
            location.country() == null ? country : location.country(),
            location.province(),
            canonical(location.text()));
  }

  /** A household with somebody's place in it. */
  public @Nullable Household home(String field, RegisterPerson.@Nullable Home home) {
    if (home == null) {
      return null;
    }
    UUID id = needKey(field + ".id", home.id());
    String relation =
        violations.need(field + ".relationToHead", home.relationToHead(), "", "", Optional::of);
    return id == null || relation == null ? null : new Household(id, relation);
  }

  /** Composed text, as the register keeps it. */
  public static @Nullable String canonical(@Nullable String text) {
    return text == null ? null : NameText.canonical(text);
  }
}
