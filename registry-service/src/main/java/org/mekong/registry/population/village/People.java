package org.mekong.registry.population.village;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mekong.registry.population.people.Demography;

/**
 * The people of a village as numbers, the oldest first: a person is an index, {@link #NOBODY} is
 * none; a day is counted from the epoch, {@link #NEVER} is none.
 */
final class People {

  static final int NOBODY = -1;
  static final int NEVER = Integer.MAX_VALUE;
  static final double YEAR = 365.25;

  final int size;
  final int day;
  final int founded;
  final int[] birth;
  final int[] death;
  final boolean[] male;
  final int[] quarter;
  final int[] mother;
  final int[] father;

  /** When a father of a child out of wedlock acknowledged it. */
  final int[] recognised;

  final int[] women;
  final int[] men;
  private final List<List<Union>> unions = new ArrayList<>();
  private final List<List<Integer>> children = new ArrayList<>();

  private People(Settlement settlement, int village, SplittableRandom random) {
    size = settlement.size(village);
    LocalDate founding = settlement.day.minusYears(Demography.YEARS);
    day = (int) settlement.day.toEpochDay();
    founded = (int) founding.toEpochDay();
    birth = new int[size];
    death = new int[size];
    male = new boolean[size];
    quarter = new int[size];
    mother = new int[size];
    father = new int[size];
    recognised = new int[size];
    Arrays.fill(mother, NOBODY);
    Arrays.fill(father, NOBODY);
    Arrays.fill(recognised, NEVER);
    record Life(int birth, int death, boolean male) {}
    List<Life> lives = new ArrayList<>();
    int first = settlement.first(village);
    for (int i = 0; i < size; i++) {
      Demography.Fate fate = settlement.demography.fate(settlement.part(first + i));
      int dies = fate.lives() ? NEVER : dayBefore(day, fate.yearsDead(), random);
      int born = dayBefore(fate.lives() ? day : dies, fate.age(), random);
      if (fate.age() == 0 && !fate.lives()) {
        born = dies - (int) (random.nextDouble() * random.nextDouble() * 364);
      }
      lives.add(new Life(born, Math.max(dies, founded), fate.male()));
    }
    lives.sort(Comparator.comparingInt(Life::birth));
    for (int i = 0; i < size; i++) {
      birth[i] = lives.get(i).birth;
      death[i] = lives.get(i).death;
      male[i] = lives.get(i).male;
      quarter[i] = random.nextInt(settlement.quarters());
      unions.add(new ArrayList<>(2));
      children.add(new ArrayList<>(4));
    }
    women = IntStream.range(0, size).filter(i -> !male[i]).toArray();
    men = IntStream.range(0, size).filter(i -> male[i]).toArray();
  }

  static People bear(Settlement settlement, int village, SplittableRandom random) {
    return new People(settlement, village, random);
  }

  /** A day of the year that ended so many years before a day, and before that day. */
  private static int dayBefore(int day, int years, SplittableRandom random) {
    return day - (int) (years * YEAR) - 1 - random.nextInt(365);
  }

  /** The day on which somebody reaches an age, or the day after. */
  int at(int person, double age) {
    return birth[person] + (int) Math.ceil(age * YEAR) + 1;
  }

  /** Age in years on a day. */
  double age(int person, int on) {
    return (on - birth[person]) / YEAR;
  }

  boolean alive(int person, int on) {
    return birth[person] <= on && on < death[person];
  }

  /** When somebody's life in the register ends: at death or today. */
  int end(int person) {
    return Math.min(death[person], day);
  }

  /** The father whom the register learns of with the birth. */
  int fatherAtBirth(int person) {
    return recognised[person] == NEVER ? father[person] : NOBODY;
  }

  /** The children of a man or a woman, the oldest first. */
  List<Integer> children(int person) {
    return children.get(person);
  }

  void parents(int child, int hers, int his) {
    mother[child] = hers;
    father[child] = his;
    children.get(hers).add(child);
    if (his != NOBODY) {
      children.get(his).add(child);
    }
  }

  List<Union> unions(int person) {
    return unions.get(person);
  }

  /** The marriage that somebody is in on a day, or null. */
  @org.jspecify.annotations.Nullable
  Union union(int person, int on) {
    for (Union union : unions.get(person)) {
      if (union.holds(on)) {
        return union;
      }
    }
    return null;
  }

  void add(Union union) {
    unions.get(union.wife()).add(union);
    unions.get(union.husband()).add(union);
  }

  /** Whether two are too near of kin to marry: up to first cousins, or one the other's ancestor. */
  boolean related(int one, int other) {
    return kin(new int[] {one, mother[one], father[one]}, other);
  }

  /** The same, for somebody whose parents are yet to be settled. */
  boolean kin(int[] selfAndParents, int other) {
    int[] others = new int[7];
    ancestors(new int[] {other, mother[other], father[other]}, others);
    int[] own = new int[7];
    ancestors(selfAndParents, own);
    for (int a : own) {
      for (int b : others) {
        if (a != NOBODY && a == b) {
          return true;
        }
      }
    }
    return false;
  }

  private void ancestors(int[] selfAndParents, int[] into) {
    Arrays.fill(into, NOBODY);
    for (int i = 0; i < 3; i++) {
      int of = selfAndParents[i];
      into[i] = of;
      if (i > 0 && of != NOBODY) {
        into[2 * i + 1] = mother[of];
        into[2 * i + 2] = father[of];
      }
    }
  }

  /** The first place in a list of persons, oldest first, where the birth is not before a day. */
  int place(int[] oldestFirst, int on) {
    int low = 0;
    int high = oldestFirst.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (birth[oldestFirst[middle]] < on) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
