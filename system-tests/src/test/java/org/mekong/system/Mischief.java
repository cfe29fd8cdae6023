package org.mekong.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mekong.system.fault.Mishap;
import org.mekong.system.fault.Mishaps;

/**
 * Does to the running platform what a seed draws: first each kind of mishap once, then any, and at
 * times two at once.
 */
final class Mischief {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofSeconds(6);

  private final RunningPlatform platform;
  private final Mishaps mishaps;
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  Mischief(RunningPlatform platform, long seed) {
    this.platform = platform;
    this.mishaps = new Mishaps(seed, "VN", "LA");
  }

  /** Goes on for a time, and until each kind was there; returns what was done. */
  List<String> during(Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    Duration each = length.dividedBy(mishaps.eachOnce(LONGEST).size());
    Duration longest = each.compareTo(LONGEST) < 0 ? each : LONGEST;
    for (Mishap mishap : mishaps.eachOnce(longest)) {
      Thread.sleep(mishaps.upTo(longest.dividedBy(2)));
      perform(mishap);
    }
    try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
      while (System.nanoTime() < end) {
        Thread.sleep(mishaps.upTo(LONGEST_PAUSE));
        List<Future<?>> begun = new ArrayList<>();
        for (int i = mishaps.together() ? 2 : 1; i > 0; i--) {
          Mishap mishap = mishaps.any(LONGEST);
          begun.add(
              hands.submit(
                  () -> {
                    perform(mishap);
                    return mishap;
                  }));
        }
        for (Future<?> one : begun) {
          one.get();
        }
      }
    }
    return List.copyOf(done);
  }

  private void perform(Mishap mishap) throws Exception {
    switch (mishap) {
      case Mishap.Kill(String nation, String service) ->
          RunningPlatform.signal("KILL", alive(nation, service));
      case Mishap.Halt(String nation, String service, Duration length) ->
          halt(List.of(alive(nation, service)), length);
      case Mishap.CrashDatabase(int which) -> {
        synchronized (this) {
          List<ProcessHandle> working = database();
          RunningPlatform.signal("KILL", working.get(1 + which % (working.size() - 1)));
        }
      }
      case Mishap.KillDatabase() -> {
        synchronized (this) {
          for (ProcessHandle each : database()) {
            RunningPlatform.signal("KILL", each);
          }
        }
      }
      case Mishap.HaltDatabase(Duration length) -> halt(database(), length);
      case Mishap.FailLine(String nation, var fault, Duration length) -> {
        RunningPlatform.door(nation).fail(fault);
        Thread.sleep(length);
        RunningPlatform.door(nation).heal();
      }
    }
    done.add(mishap.toString());
  }

  private static void halt(List<ProcessHandle> processes, Duration length) throws Exception {
    for (ProcessHandle each : processes) {
      RunningPlatform.signal("STOP", each);
    }
    Thread.sleep(length);
    for (ProcessHandle each : processes) {
      RunningPlatform.signal("CONT", each);
    }
  }

  /** The process of a service, once it is there again. */
  private ProcessHandle alive(String nation, String service) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return platform.service(nation, service);
      } catch (java.util.NoSuchElementException dead) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(nation + " " + service + " is not started again", dead);
        }
        Thread.sleep(100);
      }
    }
  }

  /**
   * PostgreSQL's processes, the first of all in front, once it serves. It is not hurt while it
   * recovers: one that loses a process then may wait for ever, which is its own affair.
   */
  private static List<ProcessHandle> database() throws Exception {
    Path folder = RunningPlatform.DATA.resolve("postgres");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!serves(Files.readString(folder.resolve("password")).strip())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("PostgreSQL is not started again");
      }
      Thread.sleep(100);
    }
    long pid =
        Long.parseLong(
            Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> processes = new ArrayList<>(List.of(postmaster));
    postmaster.children().forEach(processes::add);
    return processes;
  }

  private static boolean serves(String password) {
    String url =
        "jdbc:postgresql://localhost:%d/postgres?connectTimeout=2&socketTimeout=2"
            .formatted(RunningPlatform.BASE_PORT + 32);
    try (Connection connection = DriverManager.getConnection(url, "postgres", password)) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }
}
