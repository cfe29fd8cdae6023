package org.mekong.registry.verification;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mekong.registry.name.NameKey;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Residence;

/**
 * Decides statements about one person on one day. Answers {@code UNKNOWN} rather than guess: where
 * a date is partly known and the answer lies within the unknown part, where a status is not
 * recorded, and to everything where there is no person to speak of.
 *
 * @param person nobody, when the person is unknown or withheld
 * @param key how the caller pointed at the person
 * @param others persons named in statements, by the number they were named by
 * @param today the date in the nation's legal time
 */
record Examiner(
    Optional<Person> person, People.Key key, Map<String, Person> others, LocalDate today) {

  Examiner {
    others = Map.copyOf(others);
  }

  Answer decide(Predicate predicate) {
    return person.map(of -> decide(predicate, of, of.particulars())).orElse(Answer.UNKNOWN);
  }

  private Answer decide(Predicate predicate, Person of, Particulars particulars) {
    return switch (predicate) {
      case Predicate.Alive alive -> alive(particulars);
      case Predicate.AgeOver(int years) -> ageOver(particulars, years);
      case Predicate.ResidentOf(String province) -> residentOf(particulars, province);
      case Predicate.Married married -> married(particulars);
      case Predicate.Single single ->
          particulars.maritalStatus() == MaritalStatus.UNKNOWN
              ? Answer.UNKNOWN
              : Answer.of(particulars.maritalStatus() == MaritalStatus.SINGLE);
      case Predicate.ParentOf(String number) -> parentOf(of, number);
      case Predicate.NameMatches(String names) -> nameMatches(particulars, names);
      case Predicate.NumberValid valid -> numberValid(of);
    };
  }

  private static Answer alive(Particulars of) {
    return switch (of.lifeStatus()) {
      case ALIVE -> Answer.YES;
      case MISSING -> Answer.UNKNOWN;
      case DEAD -> Answer.NO;
    };
  }

  /** An age is completed on its birthday; of a 29 February, on the last day of that February. */
  private Answer ageOver(Particulars of, int years) {
    if (of.lifeStatus() == LifeStatus.DEAD) {
      return Answer.UNKNOWN;
    }
    if (!of.dateOfBirth().latest().plusYears(years).isAfter(today)) {
      return Answer.YES;
    }
    boolean surelyYounger = of.dateOfBirth().earliest().plusYears(years).isAfter(today);
    return surelyYounger ? Answer.NO : Answer.UNKNOWN;
  }

  private static Answer residentOf(Particulars of, String province) {
    if (of.lifeStatus() == LifeStatus.DEAD) {
      return Answer.NO;
    }
    return of.residences().stream()
        .filter(residence -> residence.kind() == Residence.Kind.PERMANENT)
        .findFirst()
        .map(residence -> residentAt(residence, province))
        .orElse(Answer.UNKNOWN);
  }

  private static Answer residentAt(Residence residence, String province) {
    String recorded = residence.place().province();
    return recorded == null ? Answer.UNKNOWN : Answer.of(recorded.equals(province));
  }

  private static Answer married(Particulars of) {
    if (of.lifeStatus() == LifeStatus.DEAD) {
      return Answer.NO;
    }
    return switch (of.maritalStatus()) {
      case MARRIED, SEPARATED -> Answer.YES;
      case SINGLE, DIVORCED, WIDOWED -> Answer.NO;
      case UNKNOWN -> Answer.UNKNOWN;
    };
  }

  private Answer parentOf(Person of, String number) {
    Person child = others.get(number);
    if (child == null || child.particulars().withheld()) {
      return Answer.UNKNOWN;
    }
    List<Relationship> parents =
        child.particulars().relationships().stream()
            .filter(relationship -> relationship.kind().isParent())
            .toList();
    if (parents.stream().anyMatch(parent -> of.id().equals(parent.personId()))) {
      return Answer.YES;
    }
    // Both are recorded and are in this register: then nobody else is a parent.
    boolean bothKnown =
        parents.stream().map(Relationship::personId).filter(UUID.class::isInstance).count() == 2;
    return bothKnown ? Answer.NO : Answer.UNKNOWN;
  }

  private static Answer nameMatches(Particulars of, String names) {
    String asked = NameKey.of(names);
    return asked.isEmpty()
        ? Answer.UNKNOWN
        : Answer.of(
            of.names().stream()
                .map((PersonName name) -> NameKey.of(name.full(true)))
                .anyMatch(asked::equals));
  }

  private Answer numberValid(Person of) {
    return switch (key) {
      case People.Key.ByNumber(String number) -> Answer.of(number.equals(of.personalNumber()));
      case People.Key.ById byId -> Answer.of(of.personalNumber() != null);
    };
  }
}
