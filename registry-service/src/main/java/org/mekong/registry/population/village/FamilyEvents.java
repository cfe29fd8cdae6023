package org.mekong.registry.population.village;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.population.people.SyntheticNames;
import org.mekong.registry.residence.Place;
import org.mekong.registry.vitalevent.Party;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * What happens to families: entries, marriages and their ends, deaths, fathers who come forward,
 * care for orphans, and households that follow from all that. Not thread-safe.
 */
final class FamilyEvents {

  private static final double SEPARATED = 0.004;
  private static final double DIES_UNTOLD = 0.04;
  private static final double ADOPTED = 0.3;
  private static final int GROWN = 18;

  private final Settlement settlement;
  private final People people;
  private final Office office;
  private final Homes homes;
  private final Agenda agenda;
  private final Entries entries;
  private final SplittableRandom random;
  private final boolean[] adopted;

  FamilyEvents(
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
    adopted = new boolean[people.size];
  }

  /** Plans everything. */
  void plan() {
    for (int person = 0; person < people.size; person++) {
      int foundling = person;
      int registered = entries.plan(person);
      leave(person);
      death(person, registered);
      recognition(person, registered);
      if (people.birth[person] >= people.founded && people.mother[person] == People.NOBODY) {
        agenda.plan(registered, registered, (found, on) -> care(foundling, on));
      }
      for (Union union : people.unions(person)) {
        if (union.wife() == person) {
          plan(union);
        }
      }
    }
  }

  /** Some leave their parents; who has no household by then founds one. */
  private void leave(int person) {
    boolean leaves = random.nextDouble() < settlement.customs.leavesParents();
    boolean far = random.nextInt(3) == 0;
    int day = people.at(person, 20 + 9 * random.nextDouble());
    if (day < people.end(person)) {
      agenda.plan(
          day,
          day,
          (occurred, registered) -> {
            boolean alone = people.union(person, occurred) == null && !homes.isHead(person);
            boolean settles = homes.of(person) == null || (leaves && alone);
            if (settles && homes.isThere(person, occurred)) {
              Place to = far ? homes.hamlet(settlement.provinces.draw(random)) : null;
              homes.found(person, to, occurred, registered);
              bringChildren(person, null, occurred, registered);
            }
          });
    }
  }

  private void death(int person, int entered) {
    int death = people.death[person];
    if (death != People.NEVER) {
      boolean late = random.nextDouble() < DIES_UNTOLD;
      int told = death + (late ? 30 + random.nextInt(300) : random.nextInt(12));
      agenda.plan(
          death,
          Math.max(entered, told),
          (occurred, registered) -> die(person, occurred, registered));
    }
  }

  private void die(int person, int occurred, int registered) {
    Place place = homes.place(person);
    String cause = Causes.of(people.age(person, occurred), random);
    office.register(
        new VitalEvent.Death(office.id(person), cause),
        occurred,
        registered,
        place,
        cause == null ? Office.DECLARATION : Office.MEDICAL_CERTIFICATE);
    for (int child : people.children(person)) {
      care(child, registered);
    }
    homes.died(person, registered);
  }

  /** Whoever is left without parents below age gets a guardian, or is adopted. */
  private void care(int child, int day) {
    boolean orphan =
        homes.isThere(child, day)
            && people.age(child, day) < GROWN - 0.1
            && !lives(people.mother[child], day)
            && !lives(people.father[child], day)
            && !adopted[child];
    if (!orphan) {
      return;
    }
    int carer = carer(child, day);
    Homes.Home home = carer == People.NOBODY ? null : homes.of(carer);
    if (home == null) {
      return;
    }
    adopted[child] = true;
    Union couple = people.union(carer, day);
    if (random.nextDouble() < ADOPTED && couple != null && people.age(child, day) < 15) {
      VitalEvent adoption =
          new VitalEvent.Adoption(
              office.id(child),
              List.of(Party.of(office.id(couple.husband())), Party.of(office.id(couple.wife()))),
              null);
      office.register(adoption, day, day, home.place, Office.DECLARATION);
    } else {
      guard(child, carer, day, home.place);
    }
    if (homes.of(child) != home) {
      homes.join(child, home, day, day);
    }
  }

  private void guard(int child, int guardian, int day, Place place) {
    Party party = Party.of(office.id(guardian));
    office.register(
        new VitalEvent.Guardianship(office.id(child), party, false, false),
        day,
        day,
        place,
        Office.DECLARATION);
    int grown = people.at(child, GROWN);
    if (grown < people.end(child)) {
      agenda.plan(
          grown,
          grown + random.nextInt(20),
          (occurred, registered) -> {
            if (people.alive(guardian, registered) && people.alive(child, registered)) {
              office.register(
                  new VitalEvent.Guardianship(office.id(child), party, true, false),
                  occurred,
                  registered,
                  homes.place(child),
                  Office.DECLARATION);
            }
          });
    }
  }

  private boolean lives(int person, int day) {
    return person != People.NOBODY && people.alive(person, day);
  }

  /** A married person of the parents' age, of the same quarter before others. */
  private int carer(int child, int day) {
    int[] women = people.women;
    int from = people.place(women, people.birth[child] - 40 * 365);
    int to = people.place(women, people.birth[child] - 25 * 365);
    int found = People.NOBODY;
    for (int place = from; place < to; place++) {
      int woman = women[place];
      Union union = people.union(woman, day);
      boolean fits =
          union != null
              && union.to() > day + 40
              && homes.isThere(woman, day)
              && homes.of(woman) != null
              && people.birth[child] - people.birth[union.husband()] > 22 * People.YEAR
              && !descends(child, woman)
              && !descends(child, union.husband());
      if (fits) {
        found = found == People.NOBODY ? woman : found;
        if (people.quarter[woman] == people.quarter[child]) {
          return woman;
        }
      }
    }
    return found;
  }

  private boolean descends(int child, int elder) {
    return people.mother[child] == elder || people.father[child] == elder;
  }

  private void recognition(int child, int entered) {
    int when = people.recognised[child];
    if (when == People.NEVER || people.father[child] == People.NOBODY) {
      return;
    }
    int told = agenda.registered(Math.max(when, entered + 1));
    agenda.plan(
        when,
        told,
        (occurred, registered) -> {
          int father = people.father[child];
          int mother = people.mother[child];
          Union union = people.union(mother, occurred);
          boolean wed = union != null && union.husband() == father;
          Party one = Party.of(office.id(father));
          if (people.alive(father, registered) && homes.isThere(child, registered)) {
            office.register(
                wed && people.alive(mother, registered)
                    ? new VitalEvent.Legitimation(
                        office.id(child), one, Party.of(office.id(mother)))
                    : new VitalEvent.Recognition(office.id(child), one, true),
                occurred,
                registered,
                homes.place(child),
                Office.DECLARATION);
          }
        });
  }

  private void plan(Union union) {
    agenda.plan(union.from(), union.from(), (o, r) -> wed(union, o, r));
    boolean parted = union.end() == Union.End.DIVORCE || union.end() == Union.End.ANNULMENT;
    if (parted) {
      agenda.plan(union.to(), union.to() + 5 + random.nextInt(25), (o, r) -> part(union, o, r));
    } else if (random.nextDouble() < SEPARATED) {
      int day = union.from() + 700 + random.nextInt(5000);
      int end = Math.min(union.to(), people.day);
      if (day + 30 < end) {
        agenda.plan(day, day + 20, (occurred, registered) -> separate(union, occurred, registered));
      }
    }
  }

  private void wed(Union union, int occurred, int registered) {
    Place place = homes.place(union.wife());
    office.register(
        new VitalEvent.Marriage(party(union.wife()), party(union.husband())),
        occurred,
        registered,
        place,
        Office.DECLARATION);
    moveTogether(union, occurred, registered);
    int family = entries.family(union.husband());
    boolean takesName = random.nextDouble() < settlement.customs.takesHusbandsName();
    if (takesName && family != SyntheticNames.NONE && homes.isThere(union.wife(), occurred)) {
      office.register(
          new VitalEvent.NameChange(
              office.id(union.wife()),
              settlement.names.with(family, office.person(union.wife()).particulars().names())),
          occurred,
          registered,
          homes.place(union.wife()),
          Office.DECLARATION);
    }
  }

  private void moveTogether(Union union, int occurred, int registered) {
    int wife = union.wife();
    int husband = union.husband();
    if (!homes.isThere(wife, occurred) || !homes.isThere(husband, occurred)) {
      return;
    }
    Homes.Home hers = homes.of(wife);
    Homes.Home his = homes.of(husband);
    boolean headsFamily = hers != null && hers.head == wife && hers.members.size() > 1;
    boolean alone = his == null || his.head != husband || his.members.size() == 1;
    if (headsFamily && alone) {
      homes.join(husband, hers, occurred, registered);
      return;
    }
    boolean withParents =
        his != null
            && (his.head == people.father[husband] || his.head == people.mother[husband])
            && his.members.size() < settlement.customs.fullHouse()
            && random.nextDouble() < settlement.customs.joinsParents();
    if (!withParents && !homes.isHead(husband)) {
      homes.found(husband, null, occurred, registered);
    }
    Homes.Home common = homes.of(husband);
    if (common != null && homes.of(wife) != common) {
      homes.join(wife, common, occurred, registered);
      bringChildren(wife, hers, occurred, registered);
    }
  }

  /** Small children who lived with their mother, or nowhere yet, live where she lives now. */
  private void bringChildren(int parent, Homes.@Nullable Home from, int occurred, int registered) {
    Homes.Home to = homes.of(parent);
    for (int child : people.male[parent] ? List.<Integer>of() : people.children(parent)) {
      boolean follows =
          to != null
              && homes.of(child) != to
              && homes.of(child) == from
              && people.age(child, occurred) < GROWN
              && homes.isThere(child, occurred);
      if (follows) {
        homes.join(child, to, occurred, registered);
      }
    }
  }

  private void part(Union union, int occurred, int registered) {
    Party wife = party(union.wife());
    Party husband = party(union.husband());
    office.register(
        union.end() == Union.End.DIVORCE
            ? new VitalEvent.Divorce(wife, husband)
            : new VitalEvent.MarriageAnnulment(wife, husband),
        occurred,
        registered,
        homes.place(union.wife()),
        Office.COURT_DECISION);
    Homes.Home common = homes.of(union.husband());
    if (common != null && homes.of(union.wife()) == common) {
      boolean his =
          common.head == people.father[union.husband()]
              || common.head == people.mother[union.husband()];
      int leaver = his ? union.wife() : union.husband();
      int day = registered == people.founded ? occurred : registered;
      if (homes.isThere(leaver, day)) {
        homes.found(leaver, null, day, registered);
      }
    }
  }

  private void separate(Union union, int occurred, int registered) {
    office.register(
        new VitalEvent.JudicialSeparation(party(union.wife()), party(union.husband())),
        occurred,
        registered,
        homes.place(union.wife()),
        Office.COURT_DECISION);
  }

  private Party party(int person) {
    return Party.of(office.id(person));
  }

  /** Underlying causes by ICD-10, roughly by age. */
  private static final class Causes {

    private static final List<String> OLD =
        List.of("I64", "I21.9", "J44.9", "C34.9", "E14.9", "R54");
    private static final List<String> GROWN_UP =
        List.of("V89.2", "C22.9", "I21.9", "K74.6", "A16.2");
    private static final List<String> SMALL = List.of("P07.3", "J18.9", "A09.9", "W74", "P22.0");

    static @Nullable String of(double age, SplittableRandom random) {
      if (random.nextInt(3) > 0) {
        return null;
      }
      List<String> causes = age < 10 ? SMALL : age < 60 ? GROWN_UP : OLD;
      return causes.get(random.nextInt(causes.size()));
    }
  }
}
