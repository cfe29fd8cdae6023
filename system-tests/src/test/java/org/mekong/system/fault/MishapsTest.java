package org.mekong.system.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mekong.system.fault.Mishap.Halt;

class MishapsTest {
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private static Mishaps of(long seed) {
    return new Mishaps(seed, "VN", "LA");
  }

  private static Set<String> kinds(long seed) {
    return of(seed).eachOnce(LONGEST).stream()
        .map(Mishap::kind)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eachKindIsDrawnWhateverTheSeed() {
    Set<String> drawn = new TreeSet<>();
    Mishaps endless = of(7);
    for (int i = 0; i < 5_000; i++) {
      drawn.add(endless.any(LONGEST).kind());
    }

    assertTrue(drawn.contains("crash database"), drawn::toString);
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(drawn, kinds(seed), "seed " + seed);
    }
  }

  @Test
  void theSeedTellsItAll() {
    assertEquals(of(1).eachOnce(LONGEST), of(1).eachOnce(LONGEST));
    assertNotEquals(of(1).eachOnce(LONGEST), of(2).eachOnce(LONGEST));
  }

  @Test
  void nothingLastsLongerThanItMay() {
    Mishaps mishaps = of(3);
    for (int i = 0; i < 1_000; i++) {
      if (mishaps.any(LONGEST) instanceof Halt halt) {
        assertTrue(halt.length().compareTo(LONGEST) < 0, halt::toString);
      }
    }
  }
}
