package org.mekong.registry.reading;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
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
import org.mekong.registry.problem.Violations;

/** Reads fields of a person for whoever may have them. */
@ApplicationScoped
public class PersonReader {

  private static final Set<String> SENSITIVE =
      java.util.Arrays.stream(PersonField.values())
          .filter(PersonField::isSensitive)
          .map(PersonField::code)
          .collect(Collectors.toUnmodifiableSet());

  private final People people;
  private final DisclosureDesk desk;
  private final Permissions permissions;
  private final NationProfile profile;

  PersonReader(People people, DisclosureDesk desk, Permissions permissions, NationProfile profile) {
    this.people = people;
    this.desk = desk;
    this.permissions = permissions;
    this.profile = profile;
  }

  /** The fields by these names, in the order of {@link PersonField}. */
  static Set<PersonField> fields(@Nullable List<@Nullable String> names) {
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
  Enquiry admit(
      @Nullable String purpose,
      Set<PersonField> fields,
      @Nullable String legalBasis,
      @Nullable RequesterBody requester) {
    List<String> names = fields.stream().map(PersonField::code).toList();
    return permissions.admit(Kind.READ, purpose, names, SENSITIVE, legalBasis, requester);
  }

  /** What the caller's token grants for a purpose, without what has to be named. */
  Set<PersonField> grantedFields(String purpose) {
    return permissions.granted(Kind.READ, purpose).stream()
        .flatMap(name -> PersonField.ofCode(name).stream())
        .filter(field -> !field.isSensitive())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
  }

  /** Of the named fields, those that the caller's token grants. */
  Set<PersonField> grantedFields(String purpose, Set<PersonField> named) {
    Set<String> granted = permissions.granted(Kind.READ, purpose);
    return named.stream()
        .filter(field -> granted.contains(field.code()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
  }

  /** Reads; nothing for a person who is unknown or withheld. */
  Disclosed<Optional<Map<String, Object>>> read(
      Enquiry enquiry,
      People.Key key,
      Set<PersonField> fields,
      Function<PersonField, String> naming) {
    return desk.give(enquiry, transaction -> look(transaction, key, fields, naming));
  }

  private Finding<Optional<Map<String, Object>>> look(
      Connection transaction,
      People.Key key,
      Set<PersonField> fields,
      Function<PersonField, String> naming)
      throws SQLException {
    Optional<Person> found = people.find(transaction, key);
    UUID subject = found.map(Person::id).orElseGet(UUID::randomUUID);
    Optional<Map<String, Object>> view =
        found
            .filter(person -> !person.particulars().withheld())
            .map(person -> PersonView.of(person, profile.familyNameFirst(), fields, naming));
    return new Finding<>(view, view.isPresent(), List.of(subject));
  }
}
