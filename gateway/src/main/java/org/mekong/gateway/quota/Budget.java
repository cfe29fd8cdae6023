package org.mekong.gateway.quota;

import java.sql.SQLException;
import java.time.Duration;

/** One quota as this replica holds it. Safe for many threads. */
interface Budget {

  /** What {@link #take} returns when nothing is left. */
  long NONE = 0;

  /**
   * Takes one.
   *
   * @param limit most that all replicas together may take in the window
   * @return what {@link #untake} needs, or {@link #NONE}
   */
  long take(int limit) throws SQLException;

  /** Gives back one that was taken a moment ago and not used. */
  void untake(long taken);

  /** Gives back what has been held unused for longer; whether nothing is held any more. */
  boolean relax(Duration idle) throws SQLException;

  /** How it stands, as far as this replica knows. */
  Standing standing();

  /**
   * How a quota stands.
   *
   * @param limit most in a window
   * @param remaining at most so many are left
   * @param window length of the window
   * @param reset seconds until there may be more
   */
  record Standing(int limit, int remaining, Duration window, long reset) {}
}
