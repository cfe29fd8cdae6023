package org.mekong.registry.reading;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.permission.RequesterBody;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.problem.Problem;
import org.mekong.registry.problem.Violations;
import org.mekong.registry.reading.past.Bearers;
import org.mekong.registry.reading.past.Moment;
import org.mekong.registry.reading.past.Past;
import org.mekong.registry.reading.past.Sight;
import org.mekong.registry.reading.past.Sights;

/** Reads fields of a person for whoever may have them. */
@ApplicationScoped
public class PersonReader {

  private final Bearers bearers;
  private final Sights sights;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final NationProfile profile;

  PersonReader(
      Bearers bearers,
      Sights sights,
      DisclosureDesk desk,
      Permissions permissions,
      NationProfile profile) {
    this.bearers = bearers;
    this.sights = sights;
    this.desk = desk;
    this.permissions = permissions;
    this.profile = profile;
  }

  /** The fields by these names, in the order of {@link PersonField}. */
  public static Set<PersonField> fields(@Nullable List<@Nullable String> names) {
    Violations violations = new Violations();
    Set<PersonField> fields = EnumSet.noneOf(PersonField.class);
    if (names == null || names.isEmpty()) {
      violations.add("fields", "required", "is missing");
    } else {
      for (int i = 0; i < names.size() && i < PersonField.values().length; i++) {
        PersonField field =
            violations.need(
                "fields[" + i + "]",
                names.get(i),
                "known-code",
                "is no field of a person",
                PersonField::ofCode);
        if (field != null && !fields.add(field)) {
          violations.add("fields[" + i + "]", "unique", "is given twice");
        }
      }
      if (names.size() > PersonField.values().length) {
        violations.add("fields", "size", "holds more names than there are fields");
      }
    }
    violations.refuse();
    return fields;
  }

  /**
   * Admits a question for fields.
   *
   * @throws io.quarkiverse.resteasy.problem.HttpProblem when one of them may not be asked for
   */
  public Enquiry admit(
      @Nullable String purpose,
      Set<PersonField> fields,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    List<String> names = fields.stream().map(PersonField::code).toList();
    return permissions.admit(Kind.READ, purpose, names, legalBasis, requester);
  }

  /** What the caller is granted for a purpose, without what has to be named. */
  public Set<PersonField> grantedFields(String purpose) {
    return permissions.granted(Kind.READ, purpose).stream()
        .flatMap(name -> PersonField.ofCode(name).stream())
        .filter(field -> !field.isSensitive())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
  }

  /**
   * The fields that a query gets: those it names as far as they are granted, or what is granted.
   *
   * @param named comma-separated names of fields
   */
  public Set<PersonField> given(String purpose, @Nullable String named) {
    return named == null
        ? grantedFields(purpose)
        : grantedFields(purpose, fields(Arrays.asList(named.split(",", -1))));
  }

  /** The one answer where there is nobody to speak of. */
  public static HttpProblem absent() {
    return Problem.NO_SUCH_PERSON.because("The register has no such person for this caller.");
  }

  /** Of the named fields, those that the caller is granted. */
  public Set<PersonField> grantedFields(String purpose, Set<PersonField> named) {
    Set<String> granted =
        permissions.granted(Kind.READ, purpose, named.stream().map(PersonField::code).toList());
    return named.stream()
        .filter(field -> granted.contains(field.code()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
  }

  /**
   * Reads a person at a moment.
   *
   * @param abroad whether the answer leaves the nation, where a key of this register leads nowhere:
   *     a merged record is not available then
   * @param naming what a field is called in the answer
   */
  public Disclosed<Reading> read(
      Enquiry enquiry,
      People.Key key,
      Moment moment,
      Set<PersonField> fields,
      boolean abroad,
      Function<PersonField, String> naming) {
    Function<Person, Map<String, Object>> view = person -> members(person, fields, naming);
    return moment.isNow()
        ? desk.giveByKey(
            enquiry,
            Set.of(key),
            (transaction, persons) -> now(transaction, persons.get(key), abroad, view))
        : desk.giveByKey(
            enquiry,
            Set.of(),
            (transaction, persons) -> at(transaction, key, moment, abroad, view));
  }

  /** The fields of a person as this nation writes them. */
  public Map<String, Object> members(
      Person person, Set<PersonField> fields, Function<PersonField, String> naming) {
    return PersonView.of(person, profile.familyNameFirst(), fields, naming);
  }

  private Finding<Reading> now(
      Connection transaction,
      People.@Nullable Current current,
      boolean abroad,
      Function<Person, Map<String, Object>> view)
      throws SQLException {
    Person person = current == null ? null : current.person();
    Reading reading =
        switch (sights.now(transaction, person)) {
          case Sight.Nobody nobody -> new Reading.Nothing();
          case Sight.Elsewhere(UUID survivor) -> merged(survivor, abroad);
          case Sight.Present(Person seen) ->
              new Reading.Fields(
                  view.apply(seen), List.of(), current == null ? null : current.version());
        };
    return Reading.of(Optional.ofNullable(person).map(Person::id), reading);
  }

  private Finding<Reading> at(
      Connection transaction,
      People.Key key,
      Moment moment,
      boolean abroad,
      Function<Person, Map<String, Object>> view)
      throws SQLException {
    Optional<Past> past = bearers.find(transaction, key, moment);
    if (past.isEmpty()) {
      return Reading.of(Optional.empty(), new Reading.Nothing());
    }
    Reading reading =
        switch (sights.at(transaction, past.get(), moment)) {
          case Sight.Nobody nobody -> new Reading.Nothing();
          case Sight.Elsewhere(UUID survivor) -> merged(survivor, abroad);
          case Sight.Present(Person seen) -> {
            Map<String, Object> members = view.apply(seen);
            List<String> declared = declared(past.get(), moment, view);
            yield new Reading.Fields(
                members, declared.stream().filter(members::containsKey).toList(), null);
          }
        };
    return Reading.of(past.map(Past::personId), reading);
  }

  private static Reading merged(UUID survivor, boolean abroad) {
    return abroad ? new Reading.Nothing() : new Reading.Merged(survivor);
  }

  private List<String> declared(
      Past past, Moment moment, Function<Person, Map<String, Object>> view) {
    LocalDate day = moment.asOf();
    if (day == null) {
      return List.of();
    }
    return past.shaping(moment, view).entrySet().stream()
        .filter(
            fact ->
                past.declaredUntil(fact.getValue().getLast(), profile.zone())
                    .filter(day::isBefore)
                    .isPresent())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
