package org.mekong.system.fault;

import java.time.Duration;
import org.mekong.system.fault.FaultProxy.Fault;

/** Something bad that happens to two nations that run; drawn whole, so that a seed tells it all. */
public sealed interface Mishap {

  /** A service dies without a warning, and whoever keeps it up starts it again. */
  record Kill(String nation, String service) implements Mishap {}

  /** A service stands still for a time. */
  record Halt(String nation, String service, Duration length) implements Mishap {}

  /**
   * One of PostgreSQL's processes dies, whereupon it starts over and recovers.
   *
   * @param which a number; the process is that one of those that are there
   */
  record CrashDatabase(int which) implements Mishap {}

  /** PostgreSQL dies with all its processes, and is started again. */
  record KillDatabase() implements Mishap {}

  /** PostgreSQL stands still for a time. */
  record HaltDatabase(Duration length) implements Mishap {}

  /** The line to a nation's gateway fails for a time. */
  record FailLine(String nation, Fault fault, Duration length) implements Mishap {}

  /** What kind it is; neither the nation nor the time makes it another. */
  default String kind() {
    return switch (this) {
      case Kill kill -> "kill " + kill.service();
      case Halt halt -> "halt " + halt.service();
      case CrashDatabase crash -> "crash database";
      case KillDatabase kill -> "kill database";
      case HaltDatabase halt -> "halt database";
      case FailLine line -> "line " + line.fault();
    };
  }
}
