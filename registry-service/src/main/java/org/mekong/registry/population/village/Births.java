package org.mekong.registry.population.village;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who is whose child. Each child, the oldest first, finds a mother of the age that the nation's
 * fertility gives, married at the time, long enough after her last child; the father is her
 * husband. Few are born out of wedlock; of the old, many have parents whom the register never knew.
 */
final class Births {

  private static final int SEARCHED = 110;
  private static final int SPACING = 400;
  private static final double YOUNGEST_MOTHER = 16;
  private static final double OLDEST_MOTHER = 50;
  private static final int PREGNANCY = 270;
  private static final double OUT_OF_WEDLOCK = 0.03;
  private static final double RECOGNISED = 0.5;
  private static final double FOUNDLING = 0.001;

  /** Since when mothers have few children. */
  private static final int FEWER_CHILDREN = 7305;

  private final Settlement settlement;
  private final People people;
  private final SplittableRandom random;
  private final int[] lastChild;
  private final int[] children;

  private Births(Settlement settlement, People people, SplittableRandom random) {
    this.settlement = settlement;
    this.people = people;
    this.random = random;
    this.lastChild = new int[people.size];
    this.children = new int[people.size];
    java.util.Arrays.fill(lastChild, Integer.MIN_VALUE / 2);
  }

  static void settle(Settlement settlement, People people, SplittableRandom random) {
    Births births = new Births(settlement, people, random);
    for (int child = 0; child < people.size; child++) {
      births.settle(child);
    }
  }

  private void settle(int child) {
    int birth = people.birth[child];
    int yearsAgo = (int) ((people.day - birth) / People.YEAR);
    double age = settlement.demography.ageOfMother(yearsAgo, random) + random.nextDouble();
    boolean wedlock = random.nextDouble() >= OUT_OF_WEDLOCK;
    if (random.nextDouble() < FOUNDLING) {
      return;
    }
    int wished = birth - (int) (age * People.YEAR);
    int mother = mother(child, wished, wedlock);
    if (mother == People.NOBODY && birth >= people.founded) {
      mother = mother(child, wished, !wedlock);
    }
    if (mother == People.NOBODY) {
      return;
    }
    Union union = union(mother, birth);
    int father = union == null ? acknowledging(child, mother) : union.husband();
    people.parents(child, mother, father);
    people.quarter[child] = people.quarter[father == People.NOBODY ? mother : father];
    lastChild[mother] = birth;
    children[mother]++;
  }

  private int mother(int child, int wished, boolean wedlock) {
    int above = people.place(people.women, wished);
    int below = above - 1;
    int elsewhere = People.NOBODY;
    for (int step = 0; step < SEARCHED; step++) {
      for (int place : new int[] {above + step, below - step}) {
        if (place >= 0 && place < people.women.length) {
          int woman = people.women[place];
          if (mayBear(woman, child, wedlock)) {
            if (people.quarter[woman] == people.quarter[child]) {
              return woman;
            }
            elsewhere = elsewhere == People.NOBODY ? woman : elsewhere;
          }
        }
      }
    }
    return elsewhere;
  }

  private boolean mayBear(int woman, int child, boolean wedlock) {
    int birth = people.birth[child];
    double age = people.age(woman, birth);
    int most =
        birth >= FEWER_CHILDREN + 20 * 365
            ? settlement.customs.mostChildren()
            : settlement.customs.mostChildrenOnce();
    if (age < YOUNGEST_MOTHER
        || age >= OLDEST_MOTHER
        || people.death[woman] <= birth
        || birth - lastChild[woman] < SPACING
        || children[woman] >= most) {
      return false;
    }
    Union union = union(woman, birth);
    if ((union != null) != wedlock) {
      return false;
    }
    int father = union == null ? People.NOBODY : union.husband();
    return mayBeParents(child, woman, father);
  }

  private boolean mayBeParents(int child, int mother, int father) {
    for (Union union : people.unions(child)) {
      int spouse = union.spouseOf(child);
      if (people.kin(new int[] {child, mother, father}, spouse)) {
        return false;
      }
    }
    return true;
  }

  /** The marriage that a child is born in, or within nine months after the husband's death. */
  private @Nullable Union union(int woman, int birth) {
    for (Union union : people.unions(woman)) {
      boolean posthumous = union.end() == Union.End.DEATH && birth < union.to() + PREGNANCY;
      if (union.from() + 60 <= birth && (birth < union.to() || posthumous)) {
        return union;
      }
    }
    return null;
  }

  /** Whom the mother marries soon after; else, of some, a man of fitting age who is not married. */
  private int acknowledging(int child, int mother) {
    int birth = people.birth[child];
    int father = People.NOBODY;
    int when = birth + 30 + random.nextInt(700);
    for (Union union : people.unions(mother)) {
      if (union.from() >= birth && union.from() - birth < 4 * 365) {
        father = union.husband();
        when = union.from() + 10 + random.nextInt(60);
      }
    }
    if (father == People.NOBODY && random.nextDouble() < RECOGNISED) {
      int place = people.place(people.men, people.birth[mother]) - random.nextInt(40);
      father = place >= 0 && place < people.men.length ? people.men[place] : People.NOBODY;
    }
    boolean fits =
        father != People.NOBODY
            && when >= people.founded
            && when < people.end(father)
            && when < people.end(child)
            && people.age(father, birth) >= 18
            && people.union(father, birth) == null
            && !people.related(father, mother)
            && mayBeParents(child, mother, father);
    if (fits) {
      people.recognised[child] = when;
    }
    return fits ? father : People.NOBODY;
  }
}
