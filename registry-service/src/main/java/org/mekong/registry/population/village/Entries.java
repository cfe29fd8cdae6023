package org.mekong.registry.population.village;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.BirthFacts;
import org.mekong.registry.name.PersonName;
import org.mekong.registry.nation.RegistrationPlace;
import org.mekong.registry.person.Contact;
import org.mekong.registry.person.Household;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.MaritalStatus;
import org.mekong.registry.person.PartialDate;
import org.mekong.registry.person.Particulars;
import org.mekong.registry.person.Sex;
import org.mekong.registry.population.people.SyntheticNames;
import org.mekong.registry.relationship.Relationship;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.Effects;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * How people enter the register: by birth since it was founded, by declaring themselves before.
 * Family names, faith, ethnic group and hometown come from the parents. Not thread-safe.
 */
final class Entries {

  private static final int WRONG_NAME = 250;
  private static final int WRONG_SEX = 1_000;

  private final Settlement settlement;
  private final People people;
  private final Office office;
  private final Homes homes;
  private final Agenda agenda;
  private final SplittableRandom random;
  private final Numbers numbers;
  private final int[] family;
  private final String[] ethnicity;
  private final String[] religion;
  private final @Nullable Place[] hometown;
  private final RegistrationPlace[] place;

  Entries(
      Settlement settlement,
      People people,
      Office office,
      Homes homes,
      Agenda agenda,
      Numbers numbers,
      SplittableRandom random) {
    this.settlement = settlement;
    this.people = people;
    this.office = office;
    this.homes = homes;
    this.agenda = agenda;
    this.numbers = numbers;
    this.random = random;
    family = new int[people.size];
    ethnicity = new String[people.size];
    religion = new String[people.size];
    hometown = new Place[people.size];
    place = new RegistrationPlace[people.size];
  }

  int family(int person) {
    return family[person];
  }

  /** Plans that somebody enters; returns the day on which they are registered. */
  int plan(int person) {
    int birth = people.birth[person];
    int registered = agenda.registered(birth);
    if (birth < people.founded) {
      agenda.plan(birth, registered, (occurred, on) -> declare(person, on));
    } else {
      boolean late =
          random.nextDouble() < settlement.customs.registeredLate()
              && people.death[person] == People.NEVER;
      registered =
          agenda.registered(birth + (late ? 61 + random.nextInt(1400) : 1 + random.nextInt(45)));
      agenda.plan(birth, registered, (occurred, on) -> born(person, on));
    }
    return registered;
  }

  /** Another number for somebody whose number was wrong, if there is one. */
  java.util.Optional<String> anotherNumber(int person) {
    return numbers.next(
        new BirthFacts(
            place[person],
            LocalDate.ofEpochDay(people.birth[person]).getYear(),
            people.male[person]));
  }

  /** Names for somebody, of their family. */
  List<PersonName> names(int person) {
    return settlement.names.draw(family[person], people.male[person], random);
  }

  private void declare(int person, int registered) {
    inherit(person);
    String number = number(person, people.male[person]);
    PartialDate birth = birth(person);
    int mother = people.mother[person];
    Homes.Home home = mother == People.NOBODY ? null : homes.of(mother);
    Household household = home == null ? null : new Household(home.id, homes.childOf(mother));
    Place place = home == null ? homes.placeOfQuarter(person) : home.place;
    homes.lives(person, place);
    Particulars particulars =
        particulars(person, people.male[person], birth, place, parents(person), household);
    office.register(
        new VitalEvent.FirstRegistration(particulars, office.earlierNumbers(person)),
        birth,
        registered,
        null,
        Office.DECLARATION,
        person,
        number);
    if (household != null) {
      homes.born(person, household);
    }
  }

  private void born(int person, int registered) {
    inherit(person);
    boolean wrongSex =
        random.nextInt(WRONG_SEX) == 0 && people.end(person) - people.birth[person] > 5 * 365;
    boolean male = wrongSex != people.male[person];
    String number = number(person, male);
    int mother = people.mother[person];
    int father = people.fatherAtBirth(person);
    Place home = mother == People.NOBODY ? homes.placeOfQuarter(person) : homes.place(mother);
    homes.lives(person, home);
    PartialDate birth = Office.on(people.birth[person]);
    Particulars child = particulars(person, male, birth, home, List.of(), null);
    VitalEvent.LiveBirth event = new VitalEvent.LiveBirth(child, party(mother), party(father));
    boolean wrongName = random.nextInt(WRONG_NAME) == 0;
    VitalEvent.LiveBirth told =
        wrongName
            ? new VitalEvent.LiveBirth(
                child.but().names(names(person)).build(), event.mother(), event.father())
            : event;
    RegisteredEvent made =
        office.register(told, birth, registered, home, Office.MEDICAL_CERTIFICATE, person, number);
    Household into = office.person(person).particulars().household();
    if (into != null) {
      homes.born(person, into);
    }
    if (mother != People.NOBODY) {
      settleWithMother(person, mother, father, registered);
    }
    if (wrongName) {
      agenda.plan(
          people.birth[person],
          registered + 5 + random.nextInt(40),
          (occurred, on) -> correct(person, made, event, number, on));
    }
    if (wrongSex) {
      agenda.plan(
          people.birth[person] + 5 * 365,
          people.birth[person] + 5 * 365,
          (occurred, on) -> correctSex(person, occurred, on));
    }
  }

  /** A child who is registered late lives where the family lives by now. */
  private void settleWithMother(int person, int mother, int father, int registered) {
    int with = people.alive(mother, registered) ? mother : father;
    Homes.Home now = with == People.NOBODY ? null : homes.of(with);
    if (now != null && homes.of(person) != now && people.alive(person, registered)) {
      homes.join(person, now, registered, registered);
    }
  }

  private void correct(
      int person,
      RegisteredEvent wrong,
      VitalEvent.LiveBirth right,
      String number,
      int registered) {
    boolean untouched = office.book().life(office.id(person)).entries().size() == 1;
    if (untouched) {
      office.registerInsteadOf(
          wrong,
          new VitalEvent.Correction(wrong.id(), right),
          wrong.circumstances().occurredOn(),
          registered,
          new Effects.Newcomer(office.id(person), number));
    }
  }

  private void correctSex(int person, int occurred, int registered) {
    if (homes.isThere(person, occurred)) {
      office.register(
          new VitalEvent.SexCorrection(
              office.id(person), people.male[person] ? Sex.MALE : Sex.FEMALE),
          occurred,
          registered,
          homes.place(person),
          Office.COURT_DECISION);
    }
  }

  private @Nullable Party party(int person) {
    return person == People.NOBODY ? null : Party.of(office.id(person));
  }

  private void inherit(int person) {
    int mother = people.mother[person];
    int father = people.fatherAtBirth(person);
    int elder = father == People.NOBODY ? mother : father;
    boolean orphan = elder == People.NOBODY;
    boolean named = !orphan && family[elder] != SyntheticNames.NONE;
    family[person] = named ? family[elder] : settlement.names.drawFamily(random);
    ethnicity[person] = orphan ? settlement.traits.ethnicity(random) : ethnicity[elder];
    religion[person] = orphan ? settlement.traits.religion(random) : religion[elder];
    hometown[person] = orphan ? home(person) : hometown[elder];
  }

  private Place home(int person) {
    String province =
        random.nextInt(10) == 0
            ? settlement.provinces.draw(random)
            : homes.placeOfQuarter(person).province();
    return new Place(settlement.profile.nation().name(), province, null);
  }

  private String number(int person, boolean male) {
    int mother = people.mother[person];
    Place born = mother == People.NOBODY ? hometown[person] : homes.place(mother);
    String province = born == null || born.province() == null ? "" : born.province();
    int year = LocalDate.ofEpochDay(people.birth[person]).getYear();
    RegistrationPlace wished = settlement.provinces.registrationPlace(province, random);
    List<RegistrationPlace> all = settlement.provinces.registrationPlaces();
    int first = all.indexOf(wished);
    for (int i = 0; i < all.size(); i++) {
      RegistrationPlace next = all.get((first + i) % all.size());
      java.util.Optional<String> number = numbers.next(new BirthFacts(next, year, male));
      if (number.isPresent()) {
        place[person] = next;
        return number.get();
      }
    }
    throw new IllegalStateException("The number scheme has no room for so many villages");
  }

  /** Of the old, some know no more than year or month. */
  private PartialDate birth(int person) {
    LocalDate date = LocalDate.ofEpochDay(people.birth[person]);
    boolean old = people.age(person, people.day) >= settlement.customs.partialFromAge();
    int draw = random.nextInt(100);
    if (old && draw < 6) {
      return new PartialDate(date.getYear(), null, null);
    }
    return old && draw < 9
        ? new PartialDate(date.getYear(), date.getMonthValue(), null)
        : PartialDate.of(date);
  }

  /** Parents in the register by key, and of most others the name. */
  private List<Relationship> parents(int person) {
    List<Relationship> parents = new ArrayList<>(2);
    if (people.recognised[person] == People.NEVER) {
      parent(people.father[person], true, family[person], parents);
    }
    int hers = settlement.names.drawFamily(random);
    parent(people.mother[person], false, hers, parents);
    return parents;
  }

  private void parent(int parent, boolean male, int family, List<Relationship> into) {
    Relationship.Kind kind = male ? Relationship.Kind.FATHER : Relationship.Kind.MOTHER;
    if (parent != People.NOBODY) {
      into.add(new Relationship(kind, office.id(parent), null));
    } else if (random.nextInt(10) < 7) {
      PersonName name = settlement.names.draw(family, male, random).getFirst();
      into.add(new Relationship(kind, null, name.full(settlement.profile.familyNameFirst())));
    }
  }

  private Particulars particulars(
      int person,
      boolean male,
      PartialDate birth,
      Place home,
      List<Relationship> parents,
      @Nullable Household household) {
    String country = settlement.profile.nation().name();
    boolean grown = people.birth[person] < people.founded - 18 * 365;
    return new Particulars(
        names(person),
        birth,
        male ? Sex.MALE : Sex.FEMALE,
        new Place(country, place[person].province(), null),
        place[person].code(),
        hometown[person],
        ethnicity[person],
        religion[person],
        List.of(country),
        settlement.traits.bloodGroup(random),
        MaritalStatus.SINGLE,
        LifeStatus.ALIVE,
        null,
        List.of(new Residence(Residence.Kind.PERMANENT, home)),
        parents,
        household,
        grown && random.nextInt(10) == 0 ? contact() : null,
        null,
        random.nextInt(1000) == 0);
  }

  /** An address that nobody can have: the domain is reserved. */
  Contact contact() {
    return new Contact(null, Long.toString(random.nextLong(1L << 40), 36) + "@mail.example");
  }
}
