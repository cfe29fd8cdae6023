package org.mekong.registry.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.mekong.registry.nation.NationProfile;
import org.mekong.registry.nation.Province;
import org.mekong.registry.person.MaritalStatus;

/**
 * Who is there and who belongs to whom, as numbers: a person is an index, {@link #NOBODY} is none.
 * Built once from a seed; the same seed, size, nation and day make the same families. Couples share
 * a province; a mother is 18 to 44 years older than her child; a father is her husband.
 */
final class Families {

  static final int NOBODY = -1;

  private static final int YOUNGEST_MOTHER = 18;
  private static final int OLDEST_MOTHER = 44;
  private static final int YEAR = 365;
  private static final int SEARCHED = 60;

  private final NationProfile profile;
  private final LocalDate day;
  private final SplittableRandom random;
  private final List<Province> provinces;

  final int[] birth;
  final boolean[] male;
  final int[] province;
  final MaritalStatus[] status;
  final int[] spouse;
  final int[] mother;
  private final Map<Integer, List<Integer>> children = new HashMap<>();

  private Families(NationProfile profile, int persons, long seed, LocalDate day) {
    this.profile = profile;
    this.day = day;
    this.random = new SplittableRandom(seed);
    this.provinces =
        profile.provinces().values().stream().sorted(Comparator.comparing(Province::code)).toList();
    birth = new int[persons];
    male = new boolean[persons];
    province = new int[persons];
    status = new MaritalStatus[persons];
    spouse = new int[persons];
    mother = new int[persons];
  }

  static Families plan(NationProfile profile, int persons, long seed, LocalDate day) {
    Families families = new Families(profile, persons, seed, day);
    families.beBorn();
    families.marry();
    families.findMothers();
    for (int child = 0; child < persons; child++) {
      for (int parent : new int[] {families.father(child), families.mother[child]}) {
        if (parent != NOBODY) {
          families.children.computeIfAbsent(parent, unused -> new ArrayList<>()).add(child);
        }
      }
    }
    return families;
  }

  List<Integer> childrenOf(int person) {
    return children.getOrDefault(person, List.of());
  }

  int size() {
    return birth.length;
  }

  Province provinceOf(int person) {
    return provinces.get(province[person]);
  }

  /** Completed years on the population's day, a day or two short at most. */
  int age(int person) {
    return (int) ((day.toEpochDay() - birth[person]) / 365.25);
  }

  /** The mother's husband, if he is old enough. */
  int father(int person) {
    int husband = mother[person] == NOBODY ? NOBODY : spouse[mother[person]];
    boolean old = husband != NOBODY && birth[person] - birth[husband] >= YOUNGEST_MOTHER * YEAR;
    return old ? husband : NOBODY;
  }

  private void beBorn() {
    Weighted<AgeGroup> groups = Weighted.of(AgeGroup.of(profile.nation()), AgeGroup::share);
    Weighted<Province> places = Weighted.of(provinces, Province::population);
    for (int i = 0; i < birth.length; i++) {
      AgeGroup group = groups.draw(random);
      int ageInDays = (int) (group.fromAge() * 365.25) + random.nextInt(5 * YEAR);
      birth[i] = (int) day.toEpochDay() - ageInDays;
      male[i] = group.male();
      province[i] = places.drawIndex(random);
      spouse[i] = NOBODY;
      mother[i] = NOBODY;
      status[i] = MaritalStatus.SINGLE;
    }
  }

  private void marry() {
    List<int[]> men = byProvince(i -> male[i] && mayMarry(i));
    for (int woman = 0; woman < birth.length; woman++) {
      boolean marries =
          !male[woman]
              && mayMarry(woman)
              && random.nextDouble() < MarriageShares.marriedWomen(age(woman));
      if (marries) {
        int older = (int) (YEAR * (3 + 3 * gaussian()));
        int man = nearestFree(men.get(province[woman]), birth[woman] - older);
        if (man != NOBODY) {
          join(woman, man);
        }
      }
    }
    for (int i = 0; i < birth.length; i++) {
      if (spouse[i] == NOBODY && mayMarry(i)) {
        status[i] = MarriageShares.unmarried(age(i), male[i], random);
      }
    }
  }

  private void join(int woman, int man) {
    spouse[woman] = man;
    spouse[man] = woman;
    MaritalStatus joint =
        random.nextInt(100) == 0 ? MaritalStatus.SEPARATED : MaritalStatus.MARRIED;
    status[woman] = joint;
    status[man] = joint;
  }

  /** The sum of twelve draws is close enough to a normal distribution. */
  private double gaussian() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private boolean mayMarry(int person) {
    int age = male[person] ? profile.marriageAgeMen() : profile.marriageAgeWomen();
    return !LocalDate.ofEpochDay(birth[person]).plusYears(age).isAfter(day);
  }

  private int nearestFree(int[] sorted, int wanted) {
    int above = lowerBound(sorted, wanted);
    int below = above - 1;
    for (int step = 0; step < SEARCHED; step++) {
      if (above < sorted.length && spouse[sorted[above]] == NOBODY) {
        return near(sorted[above], wanted);
      }
      if (below >= 0 && spouse[sorted[below]] == NOBODY) {
        return near(sorted[below], wanted);
      }
      above++;
      below--;
    }
    return NOBODY;
  }

  private int near(int man, int wanted) {
    return Math.abs(birth[man] - wanted) <= 8 * YEAR ? man : NOBODY;
  }

  private void findMothers() {
    List<int[]> mothers =
        byProvince(
            i ->
                !male[i]
                    && status[i] != MaritalStatus.SINGLE
                    && status[i] != MaritalStatus.UNKNOWN);
    for (int child = 0; child < birth.length; child++) {
      if (random.nextDouble() >= hasMother(age(child))) {
        continue;
      }
      int[] candidates = mothers.get(province[child]);
      int from = lowerBound(candidates, birth[child] - OLDEST_MOTHER * YEAR);
      int to = lowerBound(candidates, birth[child] - (YOUNGEST_MOTHER * YEAR + 10));
      if (from < to) {
        int found = candidates[from + random.nextInt(to - from)];
        boolean sibling = spouse[child] != NOBODY && mother[spouse[child]] == found;
        mother[child] = sibling ? NOBODY : found;
      }
    }
  }

  private static double hasMother(int age) {
    if (age < 20) {
      return 0.95;
    }
    if (age < 40) {
      return 0.70;
    }
    return age < 60 ? 0.35 : 0;
  }

  private List<int[]> byProvince(java.util.function.IntPredicate chosen) {
    List<List<Integer>> lists = new ArrayList<>();
    provinces.forEach(unused -> lists.add(new ArrayList<>()));
    for (int i = 0; i < birth.length; i++) {
      if (chosen.test(i)) {
        lists.get(province[i]).add(i);
      }
    }
    return lists.stream()
        .map(
            list ->
                list.stream()
                    .sorted(Comparator.comparingInt(i -> birth[i]))
                    .mapToInt(Integer::intValue)
                    .toArray())
        .toList();
  }

  /** The first place in a list sorted by birth where the birth is not before a day. */
  private int lowerBound(int[] sorted, int wanted) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (birth[sorted[middle]] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
