package org.mekong.local.machine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  @Test
  void endsWhatStillRunsWhenThePipeCloses() throws Exception {
    Process service = new ProcessBuilder("sleep", "600").start();
    Process database = new ProcessBuilder("sleep", "600").start();
    Watchdog watchdog = Watchdog.start();
    watchdog.guardService(service.pid());
    watchdog.guardDatabase(database.pid());

    watchdog.close();

    assertTrue(service.waitFor(10, TimeUnit.SECONDS));
    assertTrue(database.waitFor(10, TimeUnit.SECONDS));
  }

  @Test
  void leavesAloneWhatWasSaidToBeGone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Watchdog watchdog = Watchdog.start();
      watchdog.guardService(stranger.pid());
      watchdog.gone(stranger.pid());

      watchdog.close();

      assertFalse(stranger.waitFor(300, TimeUnit.MILLISECONDS));
    } finally {
      stranger.destroyForcibly();
    }
  }
}
