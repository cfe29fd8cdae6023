package org.mekong.webhooks.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PausesTest {

  private final Pauses pauses =
      new Pauses(Duration.ofSeconds(5), Duration.ofHours(12), new Random(1));

  @Test
  void growFourfoldUpToTheLongestAndBetweenHalfAndAll() {
    long[] most = {5, 20, 80, 320, 1280, 5120, 20_480, 43_200, 43_200, 43_200};
    for (int attempt = 1; attempt <= most.length; attempt++) {
      Set<Duration> seen = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        Duration pause = pauses.after(attempt, Duration.ZERO);
        seen.add(pause);
        long millis = most[attempt - 1] * 1000;
        assertTrue(pause.toMillis() >= millis / 2 && pause.toMillis() <= millis, pause.toString());
      }
      assertTrue(seen.size() > 40, "by chance");
    }
  }

  @Test
  void areAsLongAsTheReceiverAsksButNotForever() {
    assertEquals(Duration.ofMinutes(1), pauses.after(1, Duration.ofMinutes(1)));
    assertEquals(Duration.ofHours(12), pauses.after(1, Duration.ofDays(300)));
  }
}
