package org.mekong.registry.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mekong.registry.name.NameScript;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Person;
import org.mekong.registry.person.Sex;
import org.mekong.registry.person.storage.People;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;

class ExaminerTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final String NUMBER = "045199000001";
  private static final People.Key KEY = new People.Key.ByNumber(NUMBER);

  @ParameterizedTest(name = "born {0}, over {1}: {2}")
  @CsvSource({
    "2008-11-21,18,YES",
    "2008-11-22,18,NO",
    "2008-02-29,18,YES",
    "2008-11,18,UNKNOWN",
    "2008-10,18,YES",
    "2008-12,18,NO",
    "2008,18,UNKNOWN",
    "2007,18,YES",
    "2009,18,NO",
    "2026-11-21,0,YES"
  })
  void tellsAgesOnlyAsFarAsTheDateIsKnown(String born, int years, Answer answer) {
    assertEquals(
        answer,
        decide(
            new Predicate.AgeOver(years),
            person(born, MaritalStatus.SINGLE, LifeStatus.ALIVE, List.of())));
  }

  @ParameterizedTest(name = "{0}, {1}: alive {2}, married {3}, single {4}")
  @CsvSource({
    "SINGLE,ALIVE,YES,NO,YES",
    "MARRIED,ALIVE,YES,YES,NO",
    "SEPARATED,ALIVE,YES,YES,NO",
    "DIVORCED,ALIVE,YES,NO,NO",
    "WIDOWED,ALIVE,YES,NO,NO",
    "UNKNOWN,ALIVE,YES,UNKNOWN,UNKNOWN",
    "MARRIED,MISSING,UNKNOWN,YES,NO",
    "MARRIED,DEAD,NO,NO,NO",
    "UNKNOWN,DEAD,NO,NO,UNKNOWN"
  })
  void tellsLifeAndMarriage(
      MaritalStatus marital, LifeStatus life, Answer alive, Answer married, Answer single) {
    Person person = person("1990", marital, life, List.of());

    assertEquals(alive, decide(new Predicate.Alive(), person));
    assertEquals(married, decide(new Predicate.Married(), person));
    assertEquals(single, decide(new Predicate.Single(), person));
  }

  @Test
  void doesNotTellTheAgeOfTheDead() {
    assertEquals(
        Answer.UNKNOWN,
        decide(
            new Predicate.AgeOver(18),
            person("1950", MaritalStatus.SINGLE, LifeStatus.DEAD, List.of())));
  }

  @Test
  void tellsResidenceFromThePermanentOneAlone() {
    Person person = person("1990", MaritalStatus.SINGLE, LifeStatus.ALIVE, List.of());

    assertEquals(Answer.YES, decide(new Predicate.ResidentOf("44"), person));
    assertEquals(Answer.NO, decide(new Predicate.ResidentOf("01"), person));
  }

  @Test
  void findsANameHoweverItIsSpelled() {
    Person person = person("1990", MaritalStatus.SINGLE, LifeStatus.ALIVE, List.of());

    assertEquals(Answer.YES, decide(new Predicate.NameMatches("NGUYEN thi hoa"), person));
    assertEquals(Answer.NO, decide(new Predicate.NameMatches("Nguyễn Thị Hoan"), person));
  }

  @Test
  void tellsParentsFromTheChildsRecord() {
    Person parent = person("1970", MaritalStatus.MARRIED, LifeStatus.ALIVE, List.of());
    Person child =
        person(
            "1999",
            MaritalStatus.SINGLE,
            LifeStatus.ALIVE,
            List.of(new Relationship(Relationship.Kind.MOTHER, parent.id(), null)));
    Person withTwo =
        person(
            "1999",
            MaritalStatus.SINGLE,
            LifeStatus.ALIVE,
            List.of(
                new Relationship(Relationship.Kind.MOTHER, UUID.randomUUID(), null),
                new Relationship(Relationship.Kind.FATHER, UUID.randomUUID(), null)));
    Person withNone = person("1999", MaritalStatus.SINGLE, LifeStatus.ALIVE, List.of());
    Map<String, Person> others = Map.of("c", child, "two", withTwo, "none", withNone);

    assertEquals(Answer.YES, decide(new Predicate.ParentOf("c"), parent, others));
    assertEquals(Answer.NO, decide(new Predicate.ParentOf("two"), parent, others));
    assertEquals(Answer.UNKNOWN, decide(new Predicate.ParentOf("none"), parent, others));
    assertEquals(Answer.UNKNOWN, decide(new Predicate.ParentOf("nobody"), parent, others));
  }

  @Test
  void anEarlierNumberIsNotTheValidOne() {
    Person person = person("1990", MaritalStatus.SINGLE, LifeStatus.ALIVE, List.of());

    assertEquals(Answer.YES, decide(new Predicate.NumberValid(), person));
    assertEquals(
        Answer.NO,
        new Examiner(Optional.of(person), new People.Key.ByNumber("045199999999"), Map.of(), TODAY)
            .decide(new Predicate.NumberValid()));
  }

  @Test
  void answersUnknownToEverythingAboutNobody() {
    Examiner nobody = new Examiner(Optional.empty(), KEY, Map.of(), TODAY);
    for (Predicate predicate :
        List.of(
            new Predicate.Alive(),
            new Predicate.AgeOver(18),
            new Predicate.ResidentOf("44"),
            new Predicate.Married(),
            new Predicate.Single(),
            new Predicate.ParentOf("x"),
            new Predicate.NameMatches("x"),
            new Predicate.NumberValid())) {
      assertEquals(Answer.UNKNOWN, nobody.decide(predicate), predicate.name());
    }
  }

  private static Answer decide(Predicate predicate, Person person) {
    return decide(predicate, person, Map.of());
  }

  private static Answer decide(Predicate predicate, Person person, Map<String, Person> others) {
    return new Examiner(Optional.of(person), KEY, others, TODAY).decide(predicate);
  }

  private static Person person(
      String born, MaritalStatus marital, LifeStatus life, List<Relationship> relationships) {
    @Nullable Place nowhere = null;
    return new Person(
        UUID.randomUUID(),
        NUMBER,
        List.of(),
        new Particulars(
            List.of(
                new PersonName(PersonName.Kind.OFFICIAL, NameScript.LATIN, "Nguyễn", "Thị", "Hoa")),
            PartialDate.parse(born).orElseThrow(),
            Sex.FEMALE,
            nowhere,
            "045",
            nowhere,
            null,
            null,
            List.of("VN"),
            null,
            marital,
            life,
            null,
            List.of(
                new Residence(Residence.Kind.PERMANENT, new Place("VN", "44", null)),
                new Residence(Residence.Kind.TEMPORARY, new Place("VN", "01", null))),
            relationships,
            null,
            null,
            null,
            false),
        null);
  }
}
