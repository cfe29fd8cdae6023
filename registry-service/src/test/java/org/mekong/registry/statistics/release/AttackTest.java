package org.mekong.registry.statistics.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.mekong.registry.statistics.count.Key;
import org.mekong.registry.statistics.count.Kind;
import org.mekong.registry.statistics.count.Months;

/**
 * Plays those who want to know what a small cell holds. They have every figure of every release,
 * before and after single events, and all that can be concluded from them together. The same
 * attackers break what is not done here: suppressed cells beside true totals, and totals that are
 * rounded by themselves.
 */
class AttackTest {

  private static final int SMALL = Rounding.BASE;
  private static final int DAYS = 6;
  private static final int MONTH = Months.FIRST + DAYS;
  private static final List<String> PROVINCES = List.of("44", "48");
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::kind)
          .thenComparing(Key::month)
          .thenComparing(Key::province)
          .thenComparing(Key::other)
          .thenComparing(Key::sex)
          .thenComparing(Key::detail);

  @Property(tries = 60)
  void whateverASmallCellHoldsAnotherNumberGivesTheSameAnswers(@ForAll long seed)
      throws SQLException {
    Random random = new Random(seed);
    ToIntFunction<Key> offsets = offsets(random);
    List<Map<Key, Long>> releases = releases(random);
    List<Map<Key, Integer>> answers = publish(releases, offsets);
    Set<Key> places = new HashSet<>();
    releases.forEach(world -> counts(world).keySet().forEach(figure -> places.add(place(figure))));
    int small = 0;
    for (Key place : places) {
      int offset = offsets.applyAsInt(place);
      int other = offset < SMALL - 1 ? offset + 1 : offset - 1;
      List<Map<Key, Long>> others =
          releases.stream().map(world -> shifted(world, place, offset - other)).toList();
      ToIntFunction<Key> hidden = of -> of.equals(place) ? other : offsets.applyAsInt(of);
      assertEquals(answers, publish(others, hidden), () -> "the answers differ for " + place);
      for (int i = 0; i < releases.size(); i++) {
        Map<Key, Long> one = counts(releases.get(i));
        Map<Key, Long> two = counts(others.get(i));
        for (Key figure : one.keySet()) {
          long count = one.get(figure);
          if (place(figure).equals(place) && count > 0 && count < SMALL) {
            assertNotEquals(count, two.getOrDefault(figure, 0L));
            small++;
          }
        }
      }
    }
    assertTrue(small > 0, "there are small cells to be attacked");
  }

  @Property(tries = 40)
  void theAttackerWhoAddsUpEverythingKnowsNoSmallCell(@ForAll long seed) throws SQLException {
    Random random = new Random(seed);
    List<Map<Key, Long>> releases = releases(random);
    List<Map<Key, Integer>> answers = publish(releases, offsets(random));
    Attacker attacker = new Attacker();
    List<Map<Key, Integer>> variables = new ArrayList<>();
    for (int i = 0; i < releases.size(); i++) {
      Map<Key, Integer> of = new HashMap<>();
      variables.add(of);
      for (Key figure : figures(releases)) {
        int variable = attacker.count();
        of.put(figure, variable);
        attacker.reads(List.of(variable), answers.get(i).getOrDefault(figure, 0));
      }
      if (i > 0) {
        differences(attacker, variables.get(i - 1), of, answers.get(i - 1), answers.get(i));
      }
      balance(attacker, of);
    }
    attacker.think();
    for (int i = 0; i < releases.size(); i++) {
      for (Map.Entry<Key, Long> figure : counts(releases.get(i)).entrySet()) {
        int variable = variables.get(i).get(figure.getKey());
        long count = figure.getValue();
        assertTrue(attacker.least(variable) <= count && count <= attacker.most(variable));
        if (count > 0 && count < SMALL) {
          assertFalse(attacker.knows(variable), () -> "known: " + figure);
        }
      }
    }
  }

  @Test
  void suppressedCellsBesideTrueTotalsFallToTheSameAttacker() {
    int known = 0;
    int small = 0;
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int size = 4;
      int[][] counts = new int[size][size];
      int[][] variables = new int[size][size];
      Attacker attacker = new Attacker();
      List<List<Integer>> columns = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        columns.add(new ArrayList<>());
      }
      for (int row = 0; row < size; row++) {
        List<Integer> cells = new ArrayList<>();
        int total = 0;
        for (int column = 0; column < size; column++) {
          counts[row][column] = random.nextInt(16);
          variables[row][column] = attacker.count();
          cells.add(variables[row][column]);
          columns.get(column).add(variables[row][column]);
          total += counts[row][column];
          boolean suppressed = counts[row][column] > 0 && counts[row][column] < SMALL;
          attacker.learns(
              List.of(variables[row][column]),
              suppressed ? 1 : counts[row][column],
              suppressed ? SMALL - 1 : counts[row][column]);
        }
        attacker.learns(cells, total, total);
      }
      for (int column = 0; column < size; column++) {
        int total = 0;
        for (int row = 0; row < size; row++) {
          total += counts[row][column];
        }
        attacker.learns(columns.get(column), total, total);
      }
      attacker.think();
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          if (counts[row][column] > 0 && counts[row][column] < SMALL) {
            small++;
            known += attacker.knows(variables[row][column]) ? 1 : 0;
          }
        }
      }
    }
    int all = small;
    int found = known;
    assertTrue(2 * found > all, () -> found + " of " + all + " found");
  }

  @Test
  void totalsRoundedByThemselvesFallToTheSameAttacker() {
    Attacker attacker = new Attacker();
    List<Integer> cells = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int cell = attacker.count();
      cells.add(cell);
      attacker.reads(List.of(cell), 0); // four, rounded down
    }
    attacker.reads(cells, 20); // sixteen, rounded up
    attacker.think();
    cells.forEach(cell -> assertEquals(4, attacker.least(cell)));
    cells.forEach(cell -> assertTrue(attacker.knows(cell)));
  }

  @Test
  void noisyAnswersThatAreDrawnAnewFallToWhoeverAsksOften() {
    Random random = new Random(1);
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      sum += Math.floorDiv(3 + random.nextInt(5), 5) * 5;
    }
    assertEquals(3, Math.round(sum / 20_000), "the mean tells the count");
    Rounding rounding = new Rounding(new byte[] {1, 2, 3});
    Set<Integer> answers = new HashSet<>();
    for (int day = 0; day < 1_000; day++) {
      answers.add(rounding.round(new Key(Kind.POPULATION, 0, "44", "", 1, 20), 3));
    }
    assertEquals(1, answers.size(), "an offset is decided once");
  }

  @Test
  void roundingIsUnbiasedAndNeverFarOff() {
    Rounding rounding = new Rounding(new byte[] {7});
    for (long count : new long[] {0, 1, 2, 3, 4, 5, 12, 999}) {
      double sum = 0;
      for (int place = 0; place < 20_000; place++) {
        int rounded = rounding.round(new Key(Kind.DEATH, place, "44", "", 1, 0), count);
        assertEquals(0, rounded % Rounding.BASE);
        assertTrue(Math.abs(rounded - count) < Rounding.BASE);
        sum += rounded;
      }
      assertEquals(count, sum / 20_000, 0.1);
    }
    assertEquals(0, rounding.round(new Key(Kind.DEATH, 1, "44", "", 1, 0), 0));
  }

  /** Three releases of a month, between which one thing happens at a time. */
  private static List<Map<Key, Long>> releases(Random random) {
    Map<Key, Long> world = new TreeMap<>(ORDER);
    for (int i = 0; i < 40; i++) {
      happen(world, random);
    }
    List<Map<Key, Long>> releases = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      releases.add(sorted(world));
      happen(world, random);
    }
    return releases;
  }

  /** One event; where it changes who lives where, it changes both tables. */
  private static void happen(Map<Key, Long> world, Random random) {
    int month = Months.FIRST + random.nextInt(DAYS);
    String province = PROVINCES.get(random.nextInt(2));
    int sex = 1 + random.nextInt(2);
    int cohort = month - 1 - random.nextInt(3) * 400;
    int detail = random.nextInt(3) * 100 + random.nextInt(2);
    switch (random.nextInt(5)) {
      case 0 -> {
        add(world, new Key(Kind.LIVE_BIRTH, month, province, "", sex, detail), 1);
        add(world, new Key(Kind.POPULATION, month, province, "", sex, month), 1);
      }
      case 1 -> add(world, new Key(Kind.MARRIAGE, month, province, "", 0, detail), 1);
      case 2 -> {
        add(world, new Key(Kind.MIGRATION, month, "", province, sex, 0), 1);
        add(world, new Key(Kind.POPULATION, month, province, "", sex, cohort), 1);
      }
      default ->
          add(
              world,
              new Key(Kind.POPULATION, Months.FIRST - 1, province, "", sex, cohort),
              1 + random.nextInt(2));
    }
  }

  private static void add(Map<Key, Long> world, Key key, long amount) {
    world.merge(key, amount, Long::sum);
  }

  /** What two releases differ by is at most so much. */
  private static void differences(
      Attacker attacker,
      Map<Key, Integer> before,
      Map<Key, Integer> now,
      Map<Key, Integer> was,
      Map<Key, Integer> is) {
    int most = Rounding.BASE - 1;
    before.forEach(
        (figure, variable) -> {
          int step = is.getOrDefault(figure, 0) - was.getOrDefault(figure, 0);
          attacker.learns(
              new int[] {now.get(figure), variable}, new int[] {1, -1}, step - most, step + most);
        });
  }

  /** Who is born and who comes makes the difference between two days; nobody leaves. */
  private static void balance(Attacker attacker, Map<Key, Integer> variables) {
    for (String province : PROVINCES) {
      for (int sex = 1; sex <= 2; sex++) {
        for (int month = Months.FIRST; month < MONTH; month++) {
          List<Integer> counts = new ArrayList<>();
          List<Integer> signs = new ArrayList<>();
          for (Map.Entry<Key, Integer> each : variables.entrySet()) {
            Key figure = each.getKey();
            int sign = sign(figure, month, province);
            if (sign != 0 && figure.sex() == sex) {
              counts.add(each.getValue());
              signs.add(sign);
            }
          }
          attacker.learns(
              counts.stream().mapToInt(Integer::intValue).toArray(),
              signs.stream().mapToInt(Integer::intValue).toArray(),
              0,
              0);
        }
      }
    }
  }

  private static int sign(Key figure, int month, String province) {
    return switch (figure.kind()) {
      case POPULATION ->
          !figure.province().equals(province)
              ? 0
              : figure.month() == month + 1 ? 1 : figure.month() == month ? -1 : 0;
      case LIVE_BIRTH -> figure.province().equals(province) && figure.month() == month ? -1 : 0;
      case MIGRATION -> figure.other().equals(province) && figure.month() == month ? -1 : 0;
      case PERSON, DEATH, MARRIAGE, DIVORCE -> 0;
    };
  }

  private static Set<Key> figures(List<Map<Key, Long>> releases) {
    Set<Key> figures = new HashSet<>();
    for (Map<Key, Long> world : releases) {
      figures.addAll(counts(world).keySet());
    }
    return figures;
  }

  /** The true counts of all that is published. */
  private static Map<Key, Long> counts(Map<Key, Long> world) {
    Map<Key, Long> counts = new HashMap<>();
    try {
      Residents residents = new Residents();
      int[] day = {Months.FIRST};
      for (Map.Entry<Key, Long> each : world.entrySet()) {
        Key key = each.getKey();
        if (key.kind() == Kind.POPULATION) {
          while (day[0] <= key.month()) {
            residents.count(day[0]++, counts::put);
          }
          residents.take(key, each.getValue());
        } else {
          counts.put(key, each.getValue());
        }
      }
      while (day[0] <= MONTH) {
        residents.count(day[0]++, counts::put);
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<Key, Long> sorted(Map<Key, Long> world) {
    Map<Key, Long> sorted = new TreeMap<>(ORDER);
    sorted.putAll(world);
    return sorted;
  }

  private static Key place(Key figure) {
    return figure.kind() == Kind.POPULATION
        ? new Key(Kind.POPULATION, 0, figure.province(), "", figure.sex(), figure.detail())
        : figure;
  }

  /** The same register with more or fewer at one place, on every day, but never fewer than none. */
  private static Map<Key, Long> shifted(Map<Key, Long> world, Key place, int by) {
    Map<Key, Long> other = sorted(world);
    if (place.kind() != Kind.POPULATION) {
      other.compute(place, (key, count) -> Math.max(0, (count == null ? 0 : count) + by));
      return other;
    }
    Map<Key, Long> counts = counts(world);
    for (int day = Months.FIRST; day <= MONTH; day++) {
      Key figure = new Key(Kind.POPULATION, day, place.province(), "", place.sex(), place.detail());
      long count = counts.getOrDefault(figure, 0L);
      long change = Math.max(0, count + by) - count;
      int cohort = day - 1 - 60 * place.detail() - 30;
      add(
          other,
          new Key(Kind.POPULATION, day - 1, place.province(), "", place.sex(), cohort),
          change);
      add(other, new Key(Kind.POPULATION, day, place.province(), "", place.sex(), cohort), -change);
    }
    return other;
  }

  private static List<Map<Key, Integer>> publish(
      List<Map<Key, Long>> releases, ToIntFunction<Key> offsets) throws SQLException {
    List<Map<Key, Integer>> published = new ArrayList<>();
    for (Map<Key, Long> world : releases) {
      Map<Key, Integer> figures = new HashMap<>();
      Edition edition = new Edition(MONTH, new Rounding(offsets), figures::put);
      for (Map.Entry<Key, Long> each : world.entrySet()) {
        edition.take(each.getKey(), each.getValue());
      }
      edition.end();
      published.add(figures);
    }
    return published;
  }

  private static ToIntFunction<Key> offsets(Random random) {
    Map<Key, Integer> drawn = new HashMap<>();
    return place -> drawn.computeIfAbsent(place, key -> random.nextInt(SMALL));
  }
}
