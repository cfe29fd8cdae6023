package org.mekong.gateway.exchange.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mekong.log.note.Checkpoint;

/** What waits to be looked up, for how long, and when it is time to look. */
class ObservedTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Observed log = new Observed("LA");

  private static Seen seen(long size, int root) {
    byte[] hash = new byte[32];
    hash[0] = (byte) root;
    return new Seen(new Checkpoint("la.mekong.example/gateway/2026", size, hash), "");
  }

  private static long at(double seconds) {
    return (long) (seconds * SECOND.toNanos());
  }

  @Test
  void oneLooksAndTheOthersOfThatSecondWait() {
    assertTrue(log.note(seen(3, 1), at(0)));
    assertTrue(log.isDue(SECOND, at(0)));
    assertTrue(log.note(seen(4, 1), at(0.5)));
    assertFalse(log.isDue(SECOND, at(0.5)));
    assertTrue(log.isDue(SECOND, at(1)));
  }

  @Test
  void whatWasProvedIsNotLookedUpAgain() {
    log.note(seen(3, 1), at(0));
    log.note(seen(4, 1), at(0));

    log.proved(log.unproven());

    assertFalse(log.note(seen(4, 1), at(1)));
    assertFalse(log.isDue(SECOND, at(5)));
    assertEquals(4, log.head().orElseThrow().size());
  }

  @Test
  void theSameSizeWithAnotherRootIsLookedUp() {
    log.note(seen(4, 1), at(0));
    log.proved(log.unproven());

    assertTrue(log.note(seen(4, 2), at(1)));
    assertEquals(List.of(seen(4, 2)), log.unproven());
  }

  @Test
  void theFirstThatWasNotLookedUpTellsForHowLong() {
    assertEquals(Duration.ZERO, log.waited(at(7)));
    log.note(seen(3, 1), at(10));
    log.note(seen(4, 1), at(40));
    log.note(seen(3, 1), at(50));

    assertEquals(Duration.ofSeconds(50), log.waited(at(60)));
  }

  @Test
  void whatLacksIsForgivenOnceAllIsThere() {
    log.note(seen(9, 1), at(0));
    log.lacks();
    assertTrue(log.isLacking());

    log.proved(log.unproven());

    assertFalse(log.isLacking());
  }
}
