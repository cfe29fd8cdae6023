package org.mekong.registry.population.village;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mekong.registry.identifier.UuidV7;
import org.mekong.registry.nation.Nation;
import org.mekong.registry.person.Household;
import org.mekong.registry.residence.Place;
import org.mekong.registry.residence.Residence;
import org.mekong.registry.vitalevent.VitalEvent;

/**
 * Who lives with whom. Each change of it is registered as it happens; a household always has a
 * head, and what the others are to the head follows from who they are. Not thread-safe.
 */
final class Homes {

  private static final int GROWN = 18;
  private static final int MOST_MOVERS = 20;

  private final Settlement settlement;
  private final People people;
  private final Office office;
  private final SplittableRandom random;
  private final String[] provinces;
  private final @Nullable Home[] home;
  private final String[] relation;
  private final @Nullable Place[] residence;
  private final Map<UUID, Home> homes = new HashMap<>();
  private final long keys;

  Homes(Settlement settlement, People people, Office office, int village, SplittableRandom random) {
    this.settlement = settlement;
    this.people = people;
    this.office = office;
    this.random = random;
    home = new Home[people.size];
    relation = new String[people.size];
    residence = new Place[people.size];
    keys = settlement.day.toEpochDay() * 86_400_000L + settlement.first(village);
    provinces = new String[settlement.quarters()];
    for (int i = 0; i < provinces.length; i++) {
      provinces[i] = settlement.province(village, i);
    }
  }

  /** A household. */
  static final class Home {
    final UUID id;
    final List<Integer> members = new ArrayList<>();
    int head;
    Place place;

    Home(UUID id, int head, Place place) {
      this.id = id;
      this.head = head;
      this.place = place;
    }

    UUID id() {
      return id;
    }
  }

  @Nullable Home of(int person) {
    return home[person];
  }

  boolean isHead(int person) {
    Home of = home[person];
    return of != null && of.head == person;
  }

  /** Where somebody lives, or comes from when they live nowhere yet. */
  Place place(int person) {
    Home of = home[person];
    Place own = residence[person];
    return of != null ? of.place : own != null ? own : placeOfQuarter(person);
  }

  /** Notes where somebody lives who belongs to no household yet. */
  void lives(int person, Place at) {
    residence[person] = at;
  }

  Place placeOfQuarter(int person) {
    return hamlet(provinces[people.quarter[person]]);
  }

  /** Some hamlet of a province. */
  Place hamlet(String province) {
    String word = settlement.profile.nation() == Nation.VN ? "Thôn " : "ບ້ານ ";
    return new Place(settlement.profile.nation().name(), province, word + (1 + random.nextInt(20)));
  }

  /** Notes that somebody was born into a household, which the register knows already. */
  void born(int person, Household into) {
    Home of = homes.get(into.id());
    if (of != null) {
      of.members.add(person);
      home[person] = of;
      relation[person] = into.relationToHead();
    }
  }

  /** What a child is in the household of its mother. */
  String childOf(int mother) {
    String hers = relation[mother];
    return "head".equals(hers) || "spouse".equals(hers) ? "child" : "other";
  }

  /** Somebody founds a household of their own where they live, or elsewhere. */
  void found(int person, @Nullable Place elsewhere, int occurred, int registered) {
    Place place = elsewhere == null ? place(person) : elsewhere;
    Home founded = new Home(UuidV7.of(keys + person, random), person, place);
    homes.put(founded.id, founded);
    move(person, founded, "head", occurred, registered);
  }

  /** Somebody joins a household. */
  void join(int person, Home into, int occurred, int registered) {
    move(person, into, relation(person, into.head, occurred), occurred, registered);
  }

  private void move(int person, Home into, String as, int occurred, int registered) {
    Place before = place(person);
    Home from = home[person];
    Household household = new Household(into.id, as);
    VitalEvent event =
        before.equals(into.place)
            ? new VitalEvent.HouseholdChange(office.id(person), household)
            : VitalEvent.ResidenceChange.of(
                office.id(person), Residence.Kind.PERMANENT, into.place, household);
    office.register(event, occurred, registered, into.place, Office.DECLARATION);
    if (from != null) {
      from.members.remove((Integer) person);
    }
    into.members.add(person);
    home[person] = into;
    relation[person] = as;
    if (from != null && from.head == person) {
      succeed(from, occurred, registered);
    }
  }

  /** Somebody has died; who is left gets another head when it was them. */
  void died(int person, int registered) {
    Home from = home[person];
    residence[person] = place(person);
    home[person] = null;
    if (from != null) {
      from.members.remove((Integer) person);
      if (from.head == person) {
        succeed(from, registered, registered);
      }
    }
  }

  /** A whole household moves. */
  void moveAway(Home whole, Place to, int occurred, int registered) {
    List<VitalEvent.Mover> movers = new ArrayList<>();
    for (int member : whole.members) {
      if (isThere(member, occurred)) {
        movers.add(new VitalEvent.Mover(office.id(member), null));
      }
    }
    if (!movers.isEmpty() && movers.size() <= MOST_MOVERS && !to.equals(whole.place)) {
      office.register(
          new VitalEvent.ResidenceChange(movers, Residence.Kind.PERMANENT, to, null),
          occurred,
          registered,
          to,
          Office.DECLARATION);
      whole.place = to;
    }
  }

  boolean isThere(int person, int day) {
    return office.knows(person) && people.alive(person, day);
  }

  /** The widowed spouse becomes head, else the oldest child who is grown, else the oldest. */
  private void succeed(Home of, int occurred, int registered) {
    int heir = People.NOBODY;
    int before = of.head;
    for (int member : of.members) {
      if (isThere(member, occurred)
          && (heir == People.NOBODY
              || claim(member, before, occurred) > claim(heir, before, occurred))) {
        heir = member;
      }
    }
    if (heir == People.NOBODY) {
      return;
    }
    of.head = heir;
    List<Integer> members = new ArrayList<>(of.members);
    members.remove((Integer) heir);
    members.addFirst(heir);
    for (int member : members) {
      String now = relation(member, heir, occurred);
      if (isThere(member, occurred) && !now.equals(relation[member])) {
        relation[member] = now;
        office.register(
            new VitalEvent.HouseholdChange(office.id(member), new Household(of.id, now)),
            occurred,
            registered,
            of.place,
            Office.DECLARATION);
      }
    }
  }

  private double claim(int member, int before, int day) {
    double age = people.age(member, day);
    if (age < GROWN) {
      return age;
    }
    boolean spouse = "spouse".equals(relation[member]);
    boolean child = people.father[member] == before || people.mother[member] == before;
    return age + (spouse ? 1000 : child ? 500 : 200);
  }

  private String relation(int member, int head, int day) {
    if (member == head) {
      return "head";
    }
    Union union = people.union(head, day);
    int spouse = union == null ? People.NOBODY : union.spouseOf(head);
    if (member == spouse) {
      return "spouse";
    }
    if (isParent(head, member) || (spouse != People.NOBODY && isParent(spouse, member))) {
      return "child";
    }
    if (isParent(member, head)) {
      return "parent";
    }
    boolean siblings =
        shared(people.mother[member], people.mother[head])
            || shared(people.father[member], people.father[head]);
    return siblings ? "sibling" : "other";
  }

  private boolean isParent(int parent, int child) {
    return people.mother[child] == parent || people.father[child] == parent;
  }

  private static boolean shared(int one, int other) {
    return one != People.NOBODY && one == other;
  }
}
