package org.mekong.registry.matching.review;

import jakarta.enterprise.context.RequestScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.caller.Kind;
import org.mekong.registry.disclosure.Disclosed;
import org.mekong.registry.disclosure.DisclosureDesk;
import org.mekong.registry.disclosure.Finding;
import org.mekong.registry.matching.pair.Duplicate;
import org.mekong.registry.matching.pair.Duplicates;
import org.mekong.registry.matching.rule.MatchField;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.permission.Enquiry;
import org.mekong.registry.permission.Permissions;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.PersonView;
import org.mekong.registry.person.storage.People;

/** Shows both persons of a pair to an officer, and records for both that it was done. */
@RequestScoped
class Reviews {

  private final Duplicates duplicates;
  private final Decisions decisions;
  private final People people;
  private final DisclosureDesk desk;
  private final Rights rights;

  Reviews(
      Duplicates duplicates,
      Decisions decisions,
      People people,
      DisclosureDesk desk,
      Rights rights) {
    this.duplicates = duplicates;
    this.decisions = decisions;
    this.people = people;
    this.desk = desk;
    this.rights = rights;
  }

  /** What the officer may see of whom. */
  @RequestScoped
  static class Rights {

    private final Permissions permissions;
    private final NationProfile profile;

    Rights(Permissions permissions, NationProfile profile) {
      this.permissions = permissions;
      this.profile = profile;
    }

    /** Of the fields that are compared, those that the token grants for the purpose. */
    Set<PersonField> fields(@Nullable String purpose) {
      Set<PersonField> compared = MatchField.allShown();
      if (purpose == null) {
        return compared;
      }
      Set<String> granted =
          permissions.granted(
              Kind.READ, purpose, compared.stream().map(PersonField::code).toList());
      Set<PersonField> fields =
          compared.stream()
              .filter(field -> granted.contains(field.code()))
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(PersonField.class)));
      return fields.isEmpty() ? compared : fields;
    }

    Enquiry admit(@Nullable String purpose, Set<PersonField> fields) {
      List<String> names = fields.stream().map(PersonField::code).toList();
      return permissions.admit(Kind.READ, purpose, names, null, null);
    }

    Map<String, Object> view(Person person, Set<PersonField> fields) {
      return PersonView.of(person, profile.familyNameFirst(), fields, PersonField::member);
    }
  }

  private record Seen(
      Duplicate duplicate, List<ReviewView.Side> persons, List<DecisionView> decisions) {}

  /** Shows a pair; nothing where there is none, or where one of the two is protected. */
  Optional<ReviewView> show(UUID id, @Nullable String purpose) {
    Set<PersonField> fields = rights.fields(purpose);
    Enquiry enquiry = rights.admit(purpose, fields);
    Disclosed<Optional<Seen>> given =
        desk.give(enquiry, transaction -> look(transaction, id, fields));
    return given
        .answer()
        .map(
            seen ->
                new ReviewView(
                    DuplicateView.of(seen.duplicate),
                    seen.duplicate.findings(),
                    seen.persons,
                    seen.decisions,
                    given.trace(),
                    given.receipt()));
  }

  private Finding<Optional<Seen>> look(Connection transaction, UUID id, Set<PersonField> fields)
      throws SQLException {
    Optional<Duplicate> found = duplicates.find(transaction, id, false);
    if (found.isEmpty()) {
      return new Finding<>(Optional.empty(), false, List.of(UUID.randomUUID()));
    }
    List<UUID> subjects = List.of(found.get().pair().one(), found.get().pair().other());
    List<ReviewView.Side> sides = new ArrayList<>();
    for (UUID subject : subjects) {
      Optional<Person> person = people.find(transaction, new People.Key.ById(subject));
      if (person.isPresent() && !person.get().particulars().withheld()) {
        sides.add(new ReviewView.Side(subject, rights.view(person.get(), fields)));
      }
    }
    if (sides.size() < subjects.size()) {
      return new Finding<>(Optional.empty(), false, subjects);
    }
    List<DecisionView> made = decisions.of(transaction, id).stream().map(DecisionView::of).toList();
    return new Finding<>(Optional.of(new Seen(found.get(), sides, made)), true, subjects);
  }
}
