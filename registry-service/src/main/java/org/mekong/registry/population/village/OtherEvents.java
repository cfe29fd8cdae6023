package org.mekong.registry.population.village;

import java.util.Set;
import java.util.SplittableRandom;
import org.mekong.registry.person.LifeStatus;
import org.mekong.registry.person.PersonField;
import org.mekong.registry.person.Sex;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.VitalEvent;
import org.mekong.registry.vitalevent.book.RegisteredEvent;

/**
 * What happens to some: moves, stays elsewhere, other names, numbers and nationalities, identity
 * cards, people who go missing and are found, children born dead, and entries that were wrong and
 * are taken back. Not thread-safe.
 */
final class OtherEvents {

  private static final int DAYS = 365;

  private final Settlement settlement;
  private final People people;
  private final Office office;
  private final Homes homes;
  private final Agenda agenda;
  private final Entries entries;
  private final SplittableRandom random;

  OtherEvents(
      Settlement settlement,
      People people,
      Office office,
      Homes homes,
      Agenda agenda,
      Entries entries,
      SplittableRandom random) {
    this.settlement = settlement;
    this.people = people;
    this.office = office;
    this.homes = homes;
    this.agenda = agenda;
    this.entries = entries;
    this.random = random;
  }

  /** Plans everything. */
  void plan() {
    for (int person = 0; person < people.size; person++) {
      sometimes(0.08, person, 25, 60, this::moveHouse);
      sometimes(0.06, person, 16, 35, this::stayElsewhere);
      sometimes(0.02, person, 18, 70, this::stayAway);
      sometimes(0.10, person, 14, 30, this::identityCard);
      sometimes(0.005, person, 16, 60, this::otherName);
      sometimes(0.0006, person, 20, 60, this::otherNumber);
      sometimes(0.0008, person, 25, 60, this::otherNationality);
      sometimes(0.001, person, 18, 60, this::protection);
      sometimes(0.03, person, 18, 75, this::goMissing);
      sometimes(0.003, person, 18, 60, this::wrongEntry);
      if (!people.male[person]) {
        sometimes(0.008, person, 19, 40, this::foetalDeath);
      }
    }
  }

  @FunctionalInterface
  private interface Happening {
    void happen(int person, int occurred, int registered);
  }

  /** Plans something for a share of persons, at some age, since the register was founded. */
  private void sometimes(double share, int person, int fromAge, int toAge, Happening happening) {
    if (random.nextDouble() >= share) {
      return;
    }
    int day = people.at(person, fromAge + (toAge - fromAge) * random.nextDouble());
    if (day >= people.founded && day + 3 < people.end(person)) {
      agenda.plan(
          day,
          day + random.nextInt(3),
          (occurred, registered) -> {
            if (isFree(person, registered)) {
              happening.happen(person, occurred, registered);
            }
          });
    }
  }

  private boolean isFree(int person, int day) {
    return homes.isThere(person, day)
        && office.person(person).particulars().lifeStatus() == LifeStatus.ALIVE;
  }

  private void register(int person, VitalEvent event, int occurred, int registered) {
    office.register(event, occurred, registered, homes.place(person), Office.DECLARATION);
  }

  private Place elsewhere() {
    return homes.hamlet(settlement.provinces.draw(random));
  }

  private void moveHouse(int person, int occurred, int registered) {
    Homes.Home home = homes.of(person);
    if (home != null && home.head == person) {
      homes.moveAway(home, elsewhere(), registered, registered);
    }
  }

  private void stayElsewhere(int person, int occurred, int registered) {
    stay(person, Residence.Kind.TEMPORARY, elsewhere(), occurred, registered);
  }

  private void stayAway(int person, int occurred, int registered) {
    Place abroad = new Place(settlement.traits.abroad(random), null, null);
    boolean works = random.nextInt(3) == 0;
    Residence.Kind kind = works ? Residence.Kind.TEMPORARY_ABSENCE : Residence.Kind.CURRENT_ABODE;
    stay(person, kind, works ? abroad : elsewhere(), occurred, registered);
  }

  /** A stay begins; of half of them, the end is registered too. */
  private void stay(int person, Residence.Kind kind, Place to, int occurred, int registered) {
    boolean stays =
        office.person(person).particulars().residences().stream()
            .anyMatch(residence -> residence.kind() == kind);
    if (stays) {
      return;
    }
    register(person, stay(person, kind, to), occurred, registered);
    int end = registered + 60 + random.nextInt(5 * DAYS);
    if (random.nextBoolean() && end + 5 < people.end(person)) {
      agenda.plan(
          end,
          end + random.nextInt(3),
          (over, told) -> {
            if (isFree(person, told)) {
              register(
                  person,
                  VitalEvent.ResidenceChange.of(office.id(person), kind, null, null),
                  over,
                  told);
            }
          });
    }
  }

  private VitalEvent stay(int person, Residence.Kind kind, Place to) {
    return VitalEvent.ResidenceChange.of(office.id(person), kind, to, null);
  }

  /** One field at a time: the order of several would differ between processes. */
  private void identityCard(int person, int occurred, int registered) {
    boolean reachable = random.nextInt(3) == 0;
    register(
        person,
        new VitalEvent.ParticularsChange(
            office.id(person),
            Set.of(reachable ? PersonField.CONTACT : PersonField.PHOTO_REFERENCE),
            null,
            null,
            null,
            null,
            reachable ? entries.contact() : null,
            reachable ? null : "photo/" + Long.toString(random.nextLong(1L << 50), 36)),
        occurred,
        registered);
  }

  private void otherName(int person, int occurred, int registered) {
    register(
        person,
        new VitalEvent.NameChange(office.id(person), entries.names(person)),
        occurred,
        registered);
  }

  private void otherNumber(int person, int occurred, int registered) {
    entries
        .anotherNumber(person)
        .ifPresent(
            number ->
                office.register(
                    new VitalEvent.NumberReplacement(office.id(person), "wrong place of birth"),
                    Office.on(occurred),
                    registered,
                    homes.place(person),
                    Office.DECLARATION,
                    person,
                    number));
  }

  private void otherNationality(int person, int occurred, int registered) {
    register(
        person,
        new VitalEvent.NationalityChange(
            office.id(person), Set.of(settlement.traits.abroad(random)), Set.of()),
        occurred,
        registered);
  }

  private void protection(int person, int occurred, int registered) {
    if (!office.person(person).particulars().withheld()) {
      register(
          person, new VitalEvent.ProtectionChange(office.id(person), true), occurred, registered);
    }
  }

  /** Who is alone and never marries again may go missing; most are found. */
  private void goMissing(int person, int occurred, int registered) {
    boolean alone = people.unions(person).stream().allMatch(union -> union.to() < occurred);
    boolean recent = people.day - registered < 3 * DAYS;
    int found = registered + 30 + random.nextInt(2 * DAYS);
    boolean comesBack = found + 5 < people.end(person);
    boolean dies = people.death[person] != People.NEVER;
    if (!alone || homes.isHead(person) || dies || (!recent && !comesBack)) {
      return;
    }
    office.register(
        new VitalEvent.DeclaredMissing(office.id(person)),
        occurred,
        registered,
        homes.place(person),
        Office.COURT_DECISION);
    if (comesBack && (!recent || random.nextBoolean())) {
      agenda.plan(
          found,
          found + 2,
          (back, told) ->
              office.register(
                  new VitalEvent.Found(office.id(person)),
                  back,
                  told,
                  homes.place(person),
                  Office.COURT_DECISION));
    }
  }

  /** A stay was registered for the wrong person, and is taken back. */
  private void wrongEntry(int person, int occurred, int registered) {
    Residence.Kind kind = Residence.Kind.CURRENT_ABODE;
    boolean stays =
        office.person(person).particulars().residences().stream()
            .anyMatch(residence -> residence.kind() == kind);
    if (stays) {
      return;
    }
    RegisteredEvent wrong =
        office.register(
            stay(person, kind, elsewhere()),
            occurred,
            registered,
            homes.place(person),
            Office.DECLARATION);
    int noticed = registered + 3 + random.nextInt(30);
    agenda.plan(
        noticed,
        noticed,
        (on, told) -> {
          boolean last =
              office
                  .book()
                  .life(office.id(person))
                  .entries()
                  .getLast()
                  .eventId()
                  .equals(wrong.id());
          if (last && people.alive(person, told)) {
            office.registerInsteadOf(
                wrong,
                new VitalEvent.EventAnnulment(wrong.id(), "registered for the wrong person"),
                Office.on(on),
                told,
                null);
          }
        });
  }

  private void foetalDeath(int person, int occurred, int registered) {
    if (people.union(person, occurred) != null) {
      office.register(
          new VitalEvent.FoetalDeath(
              office.id(person),
              22 + random.nextInt(18),
              random.nextBoolean() ? Sex.MALE : Sex.FEMALE),
          occurred,
          registered,
          homes.place(person),
          Office.MEDICAL_CERTIFICATE);
    }
  }
}
