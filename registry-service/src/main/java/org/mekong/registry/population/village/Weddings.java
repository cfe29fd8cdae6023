package org.mekong.registry.population.village;

import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.mekong.registry.population.people.Customs;

/** Who marries whom, and until when: in order of the day, among those who are free then. */
final class Weddings {

  private static final int SEARCHED = 60;
  private static final double MOST_YEARS_APART = 12;
  private static final double MOURNING = 1.6;
  private static final double MARRIES_AGAIN = 0.35;
  private static final double ANNULLED = 0.003;

  private final Settlement settlement;
  private final People people;
  private final SplittableRandom random;
  private final Customs customs;
  private final PriorityQueue<Intent> intents =
      new PriorityQueue<>(
          java.util.Comparator.comparingInt(Intent::day).thenComparingInt(Intent::woman));

  private record Intent(int day, int woman) {}

  private Weddings(Settlement settlement, People people, SplittableRandom random) {
    this.settlement = settlement;
    this.people = people;
    this.random = random;
    this.customs = settlement.customs;
  }

  static void hold(Settlement settlement, People people, SplittableRandom random) {
    new Weddings(settlement, people, random).hold();
  }

  private void hold() {
    for (int woman : people.women) {
      if (random.nextDouble() < customs.marries()) {
        double years = customs.yearsToMarriage() * (erlang() + 0.1);
        intend(woman, people.at(woman, settlement.profile.marriageAgeWomen() + years));
      }
    }
    for (Intent intent = intents.poll(); intent != null; intent = intents.poll()) {
      int man = groom(intent.woman, intent.day);
      if (man != People.NOBODY) {
        marry(intent.woman, man, intent.day);
      }
    }
  }

  /** Mean 1, never 0. */
  private double erlang() {
    return -Math.log(
            (1 - random.nextDouble()) * (1 - random.nextDouble()) * (1 - random.nextDouble()))
        / 3;
  }

  private void intend(int woman, int day) {
    if (day < people.end(woman)) {
      intents.add(new Intent(day, woman));
    }
  }

  private void marry(int woman, int man, int day) {
    int death = Math.min(people.death[woman], people.death[man]);
    double draw = random.nextDouble();
    int to = death;
    Union.End end = death == People.NEVER ? Union.End.NOTHING : Union.End.DEATH;
    if (draw < customs.divorces() + ANNULLED) {
      boolean annulled = draw < ANNULLED;
      int parting = day + (annulled ? 120 + random.nextInt(500) : 400 + random.nextInt(20 * 365));
      if (parting < Math.min(death, people.day)) {
        to = parting;
        end = annulled ? Union.End.ANNULMENT : Union.End.DIVORCE;
      }
    }
    people.add(new Union(woman, man, day, to, end));
    if (to < people.end(woman)
        && people.age(woman, to) < 50
        && random.nextDouble() < MARRIES_AGAIN) {
      intend(woman, to + (int) ((MOURNING + 5 * random.nextDouble()) * People.YEAR));
    }
  }

  /** The free man nearest to the wished age, of the same quarter before others. */
  private int groom(int woman, int day) {
    double older = customs.husbandOlder() + 3 * gaussian();
    int wished = people.birth[woman] - (int) (older * People.YEAR);
    int above = people.place(people.men, wished);
    int below = above - 1;
    int elsewhere = People.NOBODY;
    for (int step = 0; step < SEARCHED; step++) {
      for (int place : new int[] {above + step, below - step}) {
        if (place >= 0 && place < people.men.length) {
          int man = people.men[place];
          if (isFree(man, day, wished)) {
            if (people.quarter[man] == people.quarter[woman]) {
              return man;
            }
            elsewhere = elsewhere == People.NOBODY ? man : elsewhere;
          }
        }
      }
    }
    return elsewhere;
  }

  private boolean isFree(int man, int day, int wished) {
    if (!people.alive(man, day)
        || people.at(man, settlement.profile.marriageAgeMen()) > day
        || Math.abs(people.birth[man] - wished) > MOST_YEARS_APART * People.YEAR) {
      return false;
    }
    List<Union> before = people.unions(man);
    return before.isEmpty()
        || (before.getLast().to() != People.NEVER
            && before.getLast().to() + MOURNING * People.YEAR < day);
  }

  private double gaussian() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
